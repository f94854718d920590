import { StoreError } from "../../contract";

const KINDS = {
  full: "There is no space left on the disk.",
  locked: "The store is open already, here or in another process.",
  closed: "The store was closed.",
  corrupt: "What is stored is damaged.",
  unavailable: "The store cannot be read or written now.",
} as const;

/**
 * What a failure of RocksDB or of the file system means. The binding hands over the text of a status and an errno that is EIO for damage and
 * for a failing disk alike; but what the operating system refused reads "While doing this: path: reason", and damage does not.
 */
export function failureOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const kind = kindOf(rootOf(error));
  return new StoreError(kind, KINDS[kind], { cause: error });
}

export function rethrow(error: unknown): never {
  throw failureOf(error);
}

/** Runs what the binding may refuse at once, such as anything after close. */
export function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw failureOf(error);
  }
}

function kindOf({ code, message }: { code: string; message: string }): keyof typeof KINDS {
  if (code === "ENOSPC" || code === "EDQUOT") return "full";
  if (/lock hold by current process|While lock file/.test(message)) return "locked";
  if (/session is closed|Batch is destroyed/.test(message)) return "closed";
  return code === "EIO" && !message.startsWith("While ") ? "corrupt" : "unavailable";
}

/** A failed batch wraps the failure in another one. */
function rootOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  if (error.cause instanceof Error) return rootOf(error.cause);
  return { code: "code" in error ? String(error.code) : "", message: error.message };
}
