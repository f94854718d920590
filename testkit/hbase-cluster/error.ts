/** What ends a command: `usage` is the caller's to mend, `missing` is something this machine lacks, `failed` is a cluster that does not do as told. */
export type ClusterFault = "usage" | "missing" | "failed";

/** Exit codes of the command. 69 is EX_UNAVAILABLE of sysexits.h: nothing is broken, the machine lacks something. */
export const EXIT_CODES: Readonly<Record<ClusterFault, number>> = { failed: 1, usage: 2, missing: 69 };

/** Its message is a sentence for whoever typed the command. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";

  constructor(
    readonly fault: ClusterFault,
    message: string,
  ) {
    super(message);
  }
}
