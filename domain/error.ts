/** Every failure a person can meet: a stable code for programs, a sentence for people. Doors map codes to their own language. */
export const ERROR_CODES = {
  "account/not-signed-in": "Please sign in first.",
  "account/expired": "Your session has ended. Sign in again to go on.",
  "account/forbidden": "You are not allowed to do that.",
  "account/handle-taken": "That handle is taken.",
  "address/unknown": "There is nobody at that address.",
  "address/invalid": "That does not look like an address.",
  "address/taken": "That address belongs to another account.",
  "address/wrong-code": "That code is not right, or it is too old.",
  "phone/stopped": "That phone asked to get no messages from Braid.",
  "phone/unreachable": "No carrier of this Braid reaches that phone.",
  "phone/not-sent": "The code could not be sent. Try again later.",
  "phone/no-more-codes": "Braid has sent many codes to numbers like this one and sends no more for now. Try again in an hour.",
  "thread/unknown": "That conversation does not exist, or it is not yours.",
  "thread/left": "You have left this conversation.",
  "thread/not-a-group": "Only a group can do that.",
  "thread/too-many-people": "That is more people than one conversation can hold.",
  "message/unknown": "That message does not exist, or it is not yours.",
  "message/empty": "There is nothing to send.",
  "message/too-large": "That message is too long to send.",
  "mail/too-large": "That mail is too large.",
  "mail/not-sent": "The mail could not be sent. Try again later.",
  "mail/unreadable": "That mail could not be read; the original is kept.",
  "request/invalid": "Something in that request is not right.",
  "request/too-many": "Too many requests. Wait a moment and try again.",
  "request/not-found": "There is nothing here.",
  "store/unavailable": "The message store does not answer. Nothing was lost; try again in a moment.",
  "store/unknown-outcome": "The message store did not answer in time. Braid checks whether it was saved.",
  "store/not-owner": "Another server has taken over this mailbox. Try again.",
  "store/overloaded": "Braid is busy. Try again in a moment.",
  "store/full": "The disk is full. Nothing was saved.",
  "store/corrupt": "A stored record is damaged and was not shown.",
  "store/locked": "The data directory is in use by another process.",
  "server/internal": "Something went wrong on our side.",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    sentence: string = ERROR_CODES[code],
    options?: ErrorOptions,
  ) {
    super(sentence, options);
  }
}

/** The failure as a caller may see it; anything that is not ours is an internal error whose details stay in the log. */
export const asAppError = (error: unknown): AppError => (error instanceof AppError ? error : new AppError("server/internal", undefined, { cause: error }));
