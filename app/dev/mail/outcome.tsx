import { Note } from "@/app/ui/states";
import type { Refused } from "./use-write";

/** Why a mail did not go in, in words and in the server's own. */
export function Outcome({ failure, refused }: { failure?: string; refused?: Refused }) {
  if (failure) return <Note tone="danger">{failure}</Note>;
  if (refused === undefined) return null;
  return (
    <Note tone="danger">
      {refused.words} It said: <code className="font-mono">{refused.answer}</code>
    </Note>
  );
}
