import { z } from "zod";
import { code, email, phone } from "../inputs";
import { router, signedIn } from "../trpc";

export const accountRouter = router({
  me: signedIn.query(({ ctx }) => ctx.services.people.me(ctx.user)),
  update: signedIn
    .input(z.object({ name: z.string().trim().min(1).max(300).optional(), handle: z.string().max(30).optional() }))
    .mutation(({ ctx, input }) => ctx.services.people.update(ctx.user, input)),
  addresses: signedIn.query(({ ctx }) => ctx.services.addresses.list(ctx.user)),
  claimAddress: signedIn.input(z.object({ email })).mutation(({ ctx, input }) => ctx.services.addresses.claim(ctx.user, input.email)),
  confirmAddress: signedIn.input(z.object({ email, code })).mutation(({ ctx, input }) => ctx.services.addresses.confirm(ctx.user, input.email, input.code)),
  removeAddress: signedIn.input(z.object({ email })).mutation(({ ctx, input }) => ctx.services.addresses.remove(ctx.user, input.email)),
  phones: signedIn.query(({ ctx }) => ctx.services.phones.list(ctx.user)),
  claimPhone: signedIn.input(z.object({ phone })).mutation(({ ctx, input }) => ctx.services.phones.claim(ctx.user, input.phone, ctx.caller)),
  confirmPhone: signedIn.input(z.object({ code })).mutation(({ ctx, input }) => ctx.services.phones.confirm(ctx.user, input.code, ctx.caller)),
  removePhone: signedIn.input(z.object({ phone })).mutation(({ ctx, input }) => ctx.services.phones.remove(ctx.user, input.phone)),
});
