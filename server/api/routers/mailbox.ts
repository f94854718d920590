import { z } from "zod";
import { limit } from "../inputs";
import { router, signedIn } from "../trpc";

export const mailboxRouter = router({
  open: signedIn.query(({ ctx }) => ctx.services.reads.open(ctx.user)),
  sync: signedIn
    .input(z.object({ since: z.int().min(0), limit: limit.default(200) }))
    .query(({ ctx, input }) => ctx.services.reads.sync(ctx.user, input.since, input.limit)),
});
