import { z } from "zod";
import { id, maker, participant } from "../inputs";
import { router, signedIn } from "../trpc";

const act = z.object({ threadId: id, maker });

export const groupRouter = router({
  add: signedIn
    .input(act.extend({ people: z.array(participant).min(1).max(250) }))
    .mutation(({ ctx, input }) => ctx.services.groups.add(ctx.user, input.threadId, input.people, input.maker)),
  leave: signedIn.input(act).mutation(({ ctx, input }) => ctx.services.groups.leave(ctx.user, input.threadId, input.maker)),
  rename: signedIn
    .input(act.extend({ name: z.string().trim().max(300) }))
    .mutation(({ ctx, input }) => ctx.services.groups.rename(ctx.user, input.threadId, input.name, input.maker)),
});
