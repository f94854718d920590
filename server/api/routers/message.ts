import { z } from "zod";
import { id, maker, text } from "../inputs";
import { router, signedIn } from "../trpc";

const one = z.object({ threadId: id, messageId: id });
const act = one.extend({ maker });

export const messageRouter = router({
  send: signedIn
    .input(z.object({ threadId: id, text, clientId: maker }))
    .mutation(({ ctx, input }) => ctx.services.sending.send(ctx.user, input.threadId, input.text, input.clientId)),
  /** Tries again to deliver where delivery failed. */
  retry: signedIn.input(act).mutation(({ ctx, input }) => ctx.services.sending.retry(ctx.user, input.threadId, input.messageId, input.maker)),
  delete: signedIn.input(act).mutation(({ ctx, input }) => ctx.services.acts.deleteMessage(ctx.user, input.threadId, input.messageId, input.maker)),
  restore: signedIn.input(act).mutation(({ ctx, input }) => ctx.services.acts.restoreMessage(ctx.user, input.threadId, input.messageId, input.maker)),
  original: signedIn
    .input(one.extend({ images: z.boolean().default(false) }))
    .query(({ ctx, input }) => ctx.services.originals.open(ctx.user, input.threadId, input.messageId, input.images)),
});
