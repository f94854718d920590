import { randomBytes } from "node:crypto";
import { type Clock, IdMinter, type Random } from "@/domain/id";

/** The real things behind what is injected everywhere. Only main hands them out. */
export const systemClock: Clock = Date.now;
export const systemRandom: Random = (bytes) => randomBytes(bytes);

/** One minter per process: its ids only grow. */
export const systemMinter = (): IdMinter => new IdMinter(systemClock, systemRandom);
