/** Its message is a sentence for whoever typed the command. `missing`: this machine lacks something; nothing is broken. */
export class KannelError extends Error {
  override readonly name = "KannelError";

  constructor(
    readonly fault: "missing" | "failed",
    message: string,
  ) {
    super(message);
  }
}
