import { z } from "zod";
import { isId } from "@/domain/id";
import { FOLDERS } from "@/domain/thread";

export const id = z.string().refine(isId);
/** The caller's own id for what it asks: a repeat with the same id is a no-op. */
export const maker = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[\w-]+$/);
export const participant = z.string().min(1).max(320);
export const folder = z.enum(FOLDERS);
export const limit = z.int().min(1).max(200);
/** Characters; the feature refuses what is longer than it takes with a sentence of its own. */
export const text = z.string().max(200_000);
/** As people write numbers. */
export const phone = z.string().min(3).max(40);
export const code = z.string().max(24);
export const email = z.string().min(3).max(320);
