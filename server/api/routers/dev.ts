import { z } from "zod";
import { isPhone } from "@/domain/address";
import { AppError } from "@/domain/error";
import { email, id, limit } from "../inputs";
import type { Context } from "../trpc";
import { router, signedIn } from "../trpc";

/** The capture page of demo mode; anywhere else there is nothing here. */
function demoMail(ctx: Context) {
  if (ctx.services.demoMail === undefined) throw new AppError("request/not-found");
  return ctx.services.demoMail;
}

/** The phones of the demo's own network; there are none where a real carrier, or no network, is. */
function demoPhones(ctx: Context) {
  if (ctx.services.demoPhones === undefined) throw new AppError("request/not-found");
  return ctx.services.demoPhones;
}

const phone = z.string().max(16).refine(isPhone);
/** Ours may be short codes. */
const ownNumber = z.string().regex(/^\+?\d{3,15}$/);
const behaviour = z.object({ outcome: z.enum(["delivered", "undeliverable", "expired", "no-receipt"]), delayMs: z.int().min(0).max(60_000) });

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
  phones: signedIn.query(async ({ ctx }) => {
    const demo = demoPhones(ctx);
    const [phones, numbers] = await Promise.all([demo.list(), demo.numbers()]);
    return { phones, numbers };
  }),
  /** Of several at once, in their order: the page asks every second. */
  phoneTexts: signedIn
    .input(z.object({ phones: z.array(phone).min(1).max(50) }))
    .query(({ ctx, input }) => Promise.all(input.phones.map((number) => demoPhones(ctx).texts(number)))),
  writeText: signedIn.input(z.object({ phone, to: ownNumber, text: z.string().min(1).max(2_000) })).mutation(({ ctx, input }) => demoPhones(ctx).write(input)),
  phoneBehaviour: signedIn.input(z.object({ phone, behaviour })).mutation(({ ctx, input }) => demoPhones(ctx).behave(input.phone, input.behaviour)),
});
