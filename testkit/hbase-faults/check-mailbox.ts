/** A mailbox after several have fought for it, as somebody reads it who comes later. */
export interface Fought {
  /** What each of them was told, in the order they were told. */
  readonly acknowledged: readonly (readonly string[])[];
  /** Positions in the log, and the messages sent there. */
  readonly log: readonly { readonly seq: number; readonly text?: string }[];
  /** The conversation as the sender's and as the recipient's mailbox shows it. */
  readonly sender: readonly string[];
  readonly recipient: readonly string[];
  /** What is derived, and the same made again from the log alone. */
  readonly derived: readonly string[];
  readonly replayed: readonly string[];
}

/** What is wrong, in words. */
export function checkMailbox({ acknowledged, log, sender, recipient, derived, replayed }: Fought): string[] {
  const texts = log.flatMap(({ text }) => text ?? []);
  return [
    ...log.flatMap(({ seq }, i) => (seq === i + 1 ? [] : [`entry ${seq} is in position ${i + 1} of the log`])),
    ...acknowledged.flatMap((told) => checkTold(told, texts)),
    ...texts.filter((text, i) => texts.indexOf(text) !== i).map((text) => `${text} is in the log twice`),
    ...(sender.join() === texts.join() ? [] : ["the sender's conversation is not what the log says"]),
    ...(recipient.join() === texts.join() ? [] : ["the recipient's conversation is not what the log says"]),
    ...(derived.join("\n") === replayed.join("\n") ? [] : ["what is derived is not what the log makes"]),
  ];
}

function checkTold(told: readonly string[], texts: readonly string[]): string[] {
  const places = told.map((text) => texts.indexOf(text));
  return told.flatMap((text, i) => {
    if (places[i] === -1) return [`${text} is lost`];
    return i > 0 && places[i]! < places[i - 1]! ? [`${text} stands before ${told[i - 1]}`] : [];
  });
}
