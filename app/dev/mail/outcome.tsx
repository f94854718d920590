import { Failure } from "@/app/ui/failure";
import { Note } from "@/app/ui/states";
import type { useWrite } from "./use-write";

/** Why a mail did not go in, in words and in the server's own. */
export function Outcome({ of: { error, data } }: { of: ReturnType<typeof useWrite> }) {
  if (data === undefined || data.taken) return <Failure of={error} />;
  return (
    <Note tone="danger">
      {data.words} It said: <code className="font-mono">{data.answer}</code>
    </Note>
  );
}
