import { sentenceOf } from "./refusal";
import { Note } from "./states";

/** Why a form or a button did not do it, until the next try; nothing while nothing failed. */
export const Failure = ({ of: error, tone = "danger" }: { of: Error | null; tone?: "plain" | "danger" | "wait" }) =>
  error && <Note tone={tone}>{sentenceOf(error)}</Note>;
