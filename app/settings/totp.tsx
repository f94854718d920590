"use client";
import { lazy, Suspense, useState } from "react";
import { disableTotp, newRecoveryCodes, whoAmI } from "@/app/auth/client";
import { Tag } from "@/app/ui/badge";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ShowLoaded } from "@/app/ui/loaded";
import { toast } from "@/app/ui/toast";
import { useAct } from "@/app/ui/use-act";
import { useLoad } from "@/app/ui/use-load";
import { AskPassword } from "./ask-password";
import { RecoveryCodes } from "./recovery-codes";

/** Brings the QR code's library along, so it comes only when someone turns the second step on. */
const TotpSetup = lazy(() => import("./totp-setup"));

type Task = "on" | "off" | "codes";

/** Whether the account asks for a second step, and the ways to change that. */
export function Totp() {
  const loaded = useLoad(whoAmI);
  return (
    <ShowLoaded loaded={loaded} of="the second step">
      {(me) => <Tasks on={me?.user.twoFactorEnabled ?? false} onChanged={loaded.reload} />}
    </ShowLoaded>
  );
}

function Tasks({ on, onChanged }: { on: boolean; onChanged: () => void }) {
  const [task, setTask] = useState<Task>();
  const close = () => setTask(undefined);
  const finish = () => {
    close();
    onChanged();
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      {on ? <On onTask={setTask} /> : <Button onClick={() => setTask("on")}>Turn on</Button>}
      <Dialog open={task === "on"} onOpenChange={(open) => !open && finish()} title="Turn on the second step">
        <Suspense>
          <TotpSetup onDone={finish} />
        </Suspense>
      </Dialog>
      <Dialog open={task === "off"} onOpenChange={close} title="Turn off the second step" description="Your password alone will be enough again." size="small">
        <TurnOff onDone={finish} />
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
  const work = useAct(async (password: string) => {
    await disableTotp(password);
    toast("The second step is off");
    onDone();
  });
  return <AskPassword act="Turn off" work={work} />;
}

function NewCodes({ onDone }: { onDone: () => void }) {
  const [codes, setCodes] = useState<readonly string[]>();
  const work = useAct(async (password: string) => setCodes((await newRecoveryCodes(password)).backupCodes));
  return codes ? <RecoveryCodes codes={codes} onDone={onDone} /> : <AskPassword act="Make new codes" work={work} />;
}
