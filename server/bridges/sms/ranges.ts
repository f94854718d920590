/**
 * Ranges that no country answers for, or whose calls are known for being bought back by whoever has them ("pumping"): satellites, shared and
 * international codes (ITU-T E.164, annex), and small islands that hardly anybody writes to and that lists of such fraud name year after year.
 * A price for all others does not cover them; one for a range itself does.
 */
const RESERVED = [
  ...["+247", "+290", "+246", "+500", "+672", "+674", "+677", "+682", "+683", "+686", "+687", "+688", "+690", "+692"],
  ...["+269", "+239", "+240", "+850"],
  ...["+800", "+808", "+870", "+878", "+881", "+882", "+883", "+888", "+979"],
];

/** Whether a price that is for numbers beginning so is for this one too. */
export function isCovered(phone: string, beginning: string): boolean {
  const range = RESERVED.find((reserved) => phone.startsWith(reserved));
  return range === undefined || beginning.length >= range.length;
}
