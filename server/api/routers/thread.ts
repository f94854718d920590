import { z } from "zod";
import { folder, id, limit, maker, participant, text } from "../inputs";
import { router, signedIn } from "../trpc";

const inThread = z.object({ threadId: id });
const act = inThread.extend({ maker });

export const threadRouter = router({
  list: signedIn
    .input(z.object({ folder, before: z.string().max(80).optional(), limit: limit.default(50) }))
    .query(({ ctx, input }) => ctx.services.reads.threads(ctx.user, input)),
  get: signedIn.input(inThread).query(({ ctx, input }) => ctx.services.reads.thread(ctx.user, input.threadId)),
  messages: signedIn
    .input(inThread.extend({ before: id.optional(), after: id.optional(), limit: limit.default(50) }))
    .query(({ ctx, input: { threadId, ...page } }) => ctx.services.reads.messages(ctx.user, threadId, page)),
  /** What decides how texts go to the phones in it, for the composer to say beforehand. */
  textTerms: signedIn.input(inThread).query(({ ctx, input }) => ctx.services.texts.terms(ctx.user, input.threadId)),
  /** Opens the conversation with these people: ids, handles, or e-mail addresses. */
  start: signedIn
    .input(z.object({ people: z.array(participant).min(1).max(250), maker }))
    .mutation(({ ctx, input }) => ctx.services.sending.start(ctx.user, input.people, input.maker)),
  read: signedIn.input(act.extend({ upTo: id })).mutation(({ ctx, input }) => ctx.services.acts.read(ctx.user, input.threadId, input.upTo, input.maker)),
  markUnread: signedIn.input(act).mutation(({ ctx, input }) => ctx.services.acts.markUnread(ctx.user, input.threadId, input.maker)),
  move: signedIn.input(act.extend({ folder })).mutation(({ ctx, input }) => ctx.services.acts.move(ctx.user, input.threadId, input.folder, input.maker)),
  mute: signedIn
    .input(act.extend({ muted: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.acts.mute(ctx.user, input.threadId, input.muted, input.maker)),
  saveDraft: signedIn.input(act.extend({ text })).mutation(({ ctx, input }) => ctx.services.acts.saveDraft(ctx.user, input.threadId, input.text, input.maker)),
});
