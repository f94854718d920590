import { type Attempt, type Reading, tookEffect } from "./history";

type Answered = Reading & { readonly state: NonNullable<Reading["state"]> };

/** No read may show half a change, one that was never made or not yet, or less than was known when it began. */
export function checkReadings(attempts: readonly Attempt[], readings: readonly Reading[]): string[] {
  const answered = readings.filter((reading): reading is Answered => reading.state !== undefined);
  return [...answered.flatMap((reading) => [...torn(reading), ...strange(attempts, reading)]), ...backwards(attempts, answered)];
}

const torn = ({ state }: Answered): string[] => state.torn.map((words) => `a read saw half of change ${state.seq}: ${words}`);

function strange(attempts: readonly Attempt[], { state: { seq, token }, ended }: Answered): string[] {
  if (seq === 0) return [];
  const attempt = attempts.find((one) => one.token === token);
  if (attempt === undefined || attempt.seq !== seq) return [`a read saw change ${seq} by somebody who did not make it`];
  if (attempt.invoked > ended) return [`a read saw change ${seq} before it was made`];
  return tookEffect(attempt) === false ? [`a read saw change ${seq}, which was said not to be there`] : [];
}

/** Everything that told of a change before a read began, in the order of time: acknowledgements, and other reads. */
function backwards(attempts: readonly Attempt[], readings: readonly Answered[]): string[] {
  const told = [
    ...attempts.filter(tookEffect).map(({ seq, ended, known }) => ({ seq, at: known ?? ended })),
    ...readings.map(({ state, ended }) => ({ seq: state.seq, at: ended })),
  ].sort((a, b) => a.at - b.at);
  let [next, newest] = [0, 0];
  return [...readings]
    .sort((a, b) => a.invoked - b.invoked)
    .flatMap(({ state, invoked }) => {
      for (; next < told.length && told[next]!.at < invoked; next++) newest = Math.max(newest, told[next]!.seq);
      return state.seq < newest ? [`a read saw change ${state.seq}, though change ${newest} was known`] : [];
    });
}
