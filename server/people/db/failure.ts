import { AppError, type ErrorCode } from "@/domain/error";
import { DatabaseCrashed } from "./lite-instance";

const NO_SPACE = new Set(["ENOSPC", "EDQUOT"]);
/** PostgreSQL's disk_full. */
const DISK_FULL = "53100";
/** Prisma: cannot reach, timed out, closed, no free connection, transaction not begun or gone. */
const UNREACHABLE = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE"]);

/** Runs work on the database; where the database itself failed, the error says so in our own words. Others pass as they are. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = storeFailure(error);
    throw code === undefined ? error : new AppError(code, undefined, { cause: error });
  }
}

function storeFailure(error: unknown): ErrorCode | undefined {
  if (!(error instanceof Error)) return undefined;
  if (NO_SPACE.has(codeOf(error.cause)) || sqlStateOf(error) === DISK_FULL) return "store/full";
  if (error instanceof DatabaseCrashed || UNREACHABLE.has(codeOf(error))) return "store/unavailable";
  return undefined;
}

const codeOf = (error: unknown): string => String(at(error, "code") ?? "");

/** Where Prisma keeps what its driver said. */
const sqlStateOf = (error: Error): unknown =>
  at(error, "code") === DISK_FULL ? DISK_FULL : at(at(at(at(error, "meta"), "driverAdapterError"), "cause"), "originalCode");

const at = (value: unknown, key: string): unknown => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined);
