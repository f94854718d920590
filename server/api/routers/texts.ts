import { z } from "zod";
import { isPhone } from "@/domain/address";
import { MOST_TEXTS } from "@/domain/texting";
import { router, signedIn } from "../trpc";

const minute = z
  .number()
  .int()
  .min(0)
  .max(24 * 60 - 1);
const wishes = z.strictObject({
  on: z.boolean(),
  kinds: z.strictObject({ direct: z.boolean(), group: z.boolean(), email: z.boolean() }),
  quiet: z.strictObject({ from: minute, to: minute }).optional(),
  zone: z.string().min(1).max(64),
  daily: z.number().int().min(1).max(MOST_TEXTS),
  off: z.array(z.string().refine(isPhone)).max(20),
});

/** What a person wants to be texted of while they are away. */
export const textsRouter = router({
  wishes: signedIn.query(({ ctx }) => ctx.services.textWishes.of(ctx.user)),
  saveWishes: signedIn.input(wishes).mutation(({ ctx, input }) => {
    const { quiet, ...rest } = input;
    return ctx.services.textWishes.save(ctx.user, { ...rest, ...(quiet && { quiet }) });
  }),
});
