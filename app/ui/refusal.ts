/** A refusal in words a person can act on. `code` is stable; `message` is the sentence. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

const NO_ANSWER = "Braid does not answer. Check your connection and try again.";

/** What to show for whatever was thrown. */
export const sentenceOf = (error: unknown): string => (error instanceof Refusal ? error.message : NO_ANSWER);

export const isRefused = (error: unknown, code: string): boolean => error instanceof Refusal && error.code === code;
