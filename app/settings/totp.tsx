"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { disableTotp, newRecoveryCodes, whoAmI } from "@/app/auth/client";
import { Tag } from "@/app/ui/badge";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ShowLoaded } from "@/app/ui/loaded";
import { toast } from "@/app/ui/toast";
import { untilLoaded } from "@/app/ui/until-loaded";
import { AskPassword } from "./ask-password";
import { ACCOUNT } from "./data";
import { RecoveryCodes } from "./recovery-codes";

/** Brings the QR code's library along, so it comes only when someone turns the second step on. */
const TotpSetup = lazy(untilLoaded(() => import("./totp-setup")));

type Task = "on" | "off" | "codes";

/** Whether the account asks for a second step, and the ways to change that. */
export function Totp() {
  const loaded = useQuery({ queryKey: [...ACCOUNT, "session"], queryFn: whoAmI });
  return (
    <ShowLoaded loaded={loaded} of="the second step">
      {(me) => <Tasks on={me?.user.twoFactorEnabled ?? false} />}
    </ShowLoaded>
  );
}

function Tasks({ on }: { on: boolean }) {
  const [task, setTask] = useState<Task>();
  const close = () => setTask(undefined);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {on ? <On onTask={setTask} /> : <Button onClick={() => setTask("on")}>Turn on</Button>}
      <Dialog open={task === "on"} onOpenChange={close} title="Turn on the second step">
        <Suspense>
          <TotpSetup onDone={close} />
        </Suspense>
      </Dialog>
      <Dialog open={task === "off"} onOpenChange={close} title="Turn off the second step" description="Your password alone will be enough again." size="small">
        <TurnOff onDone={close} />
      </Dialog>
      <Dialog open={task === "codes"} onOpenChange={close} title="New recovery codes" description="The old ones stop working at once." size="small">
        <NewCodes onDone={close} />
      </Dialog>
    </div>
  );
}

const On = ({ onTask }: { onTask: (task: Task) => void }) => (
  <>
    <Tag tone="good">On</Tag>
    <Button onClick={() => onTask("codes")}>New recovery codes</Button>
    <Button look="danger" onClick={() => onTask("off")}>
      Turn off
    </Button>
  </>
);

function TurnOff({ onDone }: { onDone: () => void }) {
  const work = useMutation({
    mutationKey: ACCOUNT,
    mutationFn: disableTotp,
    onSuccess: () => {
      toast("The second step is off");
      onDone();
    },
  });
  return <AskPassword act="Turn off" work={work} />;
}

function NewCodes({ onDone }: { onDone: () => void }) {
  const work = useMutation({ mutationFn: newRecoveryCodes });
  return work.data ? <RecoveryCodes codes={work.data.backupCodes} onDone={onDone} /> : <AskPassword act="Make new codes" work={work} />;
}
