import type { TableSchema } from "@/storage/wide-column/contract";

/**
 * Table `sms`, where phones of `p:` and `c:` are keys (`phoneKey`); rows from before there were keys are found under the number:
 * - `p:`+phone, family `pair`: `now` -> which of our numbers stands for which conversation on this phone.
 * - `o:`+message+recipient, family `out`: `plan` -> how it is cut; `i`+piece -> the carrier's id of it; `s`+piece -> what its receipts said.
 * - `r:`+carrier+its id, family `out`: `place` -> whose piece that is; `state` -> what its receipts said, if that came first.
 * - `i:`+digest of what came in, family `in`: `p`+id -> a part that is not in its mailboxes yet; `seen` -> when and in which session it came last.
 *   Family `pair` of it: `once` -> when it came, for ever, from carriers that give ids.
 * - `m:`+message, family `in`: `due` -> what of its pictures is to be fetched, until that is done.
 * - `d:`+phone, family `demo`: id -> a text on a phone of the demo.
 * - `c:`+phone, family `pair`: `consent` -> whether we may write.
 * - `n:`+person, family `pair`: `copies` -> the texts of the last two days about messages that arrived while they were away.
 */
export const SMS: TableSchema = { name: "sms", families: ["pair", "out", "in", "demo"], newestFirst: ["demo"] };

export const SMS_TABLES: readonly TableSchema[] = [SMS];
