import { z } from "zod";
import { AppError } from "@/domain/error";
import { email, id, limit } from "../inputs";
import type { Context } from "../trpc";
import { router, signedIn } from "../trpc";

/** The capture page of demo mode; anywhere else there is nothing here. */
function demoMail(ctx: Context) {
  if (ctx.services.demoMail === undefined) throw new AppError("request/not-found");
  return ctx.services.demoMail;
}

export const devRouter = router({
  mails: signedIn.input(z.object({ limit: limit.default(50) })).query(({ ctx, input }) => demoMail(ctx).list(input.limit)),
  mail: signedIn.input(z.object({ id })).query(({ ctx, input }) => demoMail(ctx).get(input.id)),
  writeMail: signedIn
    .input(
      z.object({
        from: email,
        name: z.string().max(200).optional(),
        to: email,
        subject: z.string().max(500).optional(),
        text: z.string().max(100_000),
        inReplyTo: z.string().max(998).optional(),
      }),
    )
    .mutation(({ ctx, input }) => demoMail(ctx).write(input)),
});
