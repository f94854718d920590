import type { TableSchema } from "@/storage/wide-column/contract";

/**
 * Table `sms`, where phones of `p:` and `c:` are keys (`phoneKey`); rows from before there were keys are found under the number:
 * - `p:`+phone, family `pair`: `now` -> which of our numbers stands for which conversation on this phone.
 * - `o:`+message+recipient, family `out`: `plan` -> how it is cut; `h`+piece -> when it was handed over; `i`+piece -> the carrier's id of it;
 *   `s`+piece -> what its receipts said; `g`+piece -> when it was first handed over, if it was again after nobody said what became of it;
 *   `shut` -> since when others were handed over although this one was in doubt.
 * - `r:`+carrier+its id, family `out`: `place` -> whose piece that is; `state` -> what its receipts said, if that came first.
 * - `u:`+carrier+two numbers, family `out`: `r`+carrier's id -> a receipt of a text that nobody knows; `last` -> texts that were open when one was last
 *   handed over, itself included. `u:`+carrier: `nameless` -> since when it is known to give no ids.
 * - `i:`+digest of what came in, family `in`: `p`+id -> a part that is not in its mailboxes yet; `seen` -> when and in which session it came last.
 *   Family `pair` of it: `once` -> when it came, for ever, from carriers that give ids.
 * - `m:`+message, family `in`: `due` -> what of its pictures is to be fetched, until that is done.
 * - `d:`+phone, family `demo`: id -> a text on a phone of the demo.
 * - `c:`+phone, family `pair`: `consent` -> whether we may write.
 * - `n:`+person, family `pair`: `copies` -> the texts of the last two days about messages that arrived while they were away.
 */
export const SMS: TableSchema = { name: "sms", families: ["pair", "out", "in", "demo"], newestFirst: ["demo"] };

export const SMS_TABLES: readonly TableSchema[] = [SMS];
