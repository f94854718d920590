import type { Metadata } from "next";
import Link from "next/link";
import { Frame } from "@/app/auth/frame";
import { NewAccount } from "@/app/sign-up/new-account";

export const metadata: Metadata = { title: "Create an account" };

export default function SignUpPage() {
  return (
    <Frame>
      <NewAccount title="Create an account" />
      <p className="mt-5 text-muted text-small">
        Have one already?{" "}
        <Link href="/sign-in" className="font-medium text-accent underline-offset-2 hover:underline">
          Sign in
        </Link>
      </p>
    </Frame>
  );
}
