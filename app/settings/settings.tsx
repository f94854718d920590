"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import LogOut from "lucide-react/icons/log-out";
import { lazy, Suspense } from "react";
import { signOut } from "@/app/auth/client";
import { Button } from "@/app/ui/button";
import { Failure } from "@/app/ui/failure";
import { ShowLoaded } from "@/app/ui/loaded";
import { OfflineLine } from "@/app/ui/offline";
import { PageFrame, PageSection } from "@/app/ui/page-frame";
import { Skeleton } from "@/app/ui/skeleton";
import { ThemeSwitch } from "@/app/ui/theme-switch";
import { untilLoaded } from "@/app/ui/until-loaded";
import { Addresses } from "./addresses";
import { ACCOUNT, loadMe } from "./data";
import { Passkeys } from "./passkeys";
import { PasswordChange } from "./password-change";
import { Phones } from "./phones";
import { Profile } from "./profile";
import { Sessions } from "./sessions";
import { Totp } from "./totp";

/** Most people have no phone here. */
const Texts = lazy(untilLoaded(() => import("./texts")));

export function Settings() {
  return (
    <PageFrame title="Settings" acts={<SignOut />}>
      <OfflineLine meanwhile="You can look, but changes need a connection." />
      <Account />
      <PageSection title="Appearance" words="Kept on this device.">
        <div>
          <ThemeSwitch />
        </div>
      </PageSection>
    </PageFrame>
  );
}

function Account() {
  const loaded = useQuery({ queryKey: [...ACCOUNT, "me"], queryFn: loadMe });
  return (
    <ShowLoaded loaded={loaded} of="your account" skeleton={<AccountSkeleton />}>
      {(me) => (
        <>
          <PageSection title="Profile" words="How others see you.">
            <Profile me={me} />
          </PageSection>
          <PageSection title="Addresses" words="Mail from a verified address lands in the same conversation as your chat.">
            <Addresses own={me.email} />
          </PageSection>
          <PageSection title="Phones" words="What a linked phone texts is a message from you, in the same conversation.">
            <Phones />
          </PageSection>
          <PageSection title="Text messages" words="What comes to your phone while you are away.">
            <Suspense fallback={<Skeleton className="h-10" />}>
              <Texts />
            </Suspense>
          </PageSection>
          <PageSection title="Password">
            <PasswordChange handle={me.handle} />
          </PageSection>
          <PageSection title="Passkeys" words="Sign in with your fingerprint, face or screen lock.">
            <Passkeys />
          </PageSection>
          <PageSection title="Second step" words="A code from an app, asked after the password.">
            <Totp />
          </PageSection>
          <PageSection title="Signed in" words="Where your account is open now.">
            <Sessions />
          </PageSection>
        </>
      )}
    </ShowLoaded>
  );
}

const AccountSkeleton = () => (
  <div className="grid min-h-[60rem] content-start gap-4 border-line border-t pt-6 md:grid-cols-[14rem_minmax(0,1fr)] md:gap-10">
    <Skeleton className="h-6 w-24" />
    <div className="flex max-w-[36rem] flex-col gap-4">
      <Skeleton round className="size-14" />
      <Skeleton className="h-9" />
      <Skeleton className="h-9" />
    </div>
  </div>
);

function SignOut() {
  const { mutate, isPending, error } = useMutation({ mutationFn: signOut, onSuccess: () => location.assign("/sign-in") });
  return (
    <div className="flex flex-col items-end gap-2">
      <Button icon={LogOut} pending={isPending} onClick={() => mutate()}>
        Sign out
      </Button>
      <Failure of={error} />
    </div>
  );
}
