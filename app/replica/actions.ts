import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import { failureOf, NO_ANSWER } from "../api/failure";
import type { Act } from "./acts";
import type { Replica } from "./store";
import type { Actions, Outcome } from "./types";

/** What a person can do, as functions that need no `this`. */
export function actionsOf(replica: Replica): Actions {
  const { api, mint } = replica.deps;
  const act = (threadId: Id, what: Act): Outcome => replica.own?.act(threadId, what) ?? Promise.resolve(NO_ANSWER);
  const commit = (call: (maker: Id) => Promise<{ seq: number }>): Outcome =>
    call(mint.next()).then(
      ({ seq }) => {
        replica.committed(seq);
        return undefined;
      },
      (error) => failureOf(error) ?? NO_ANSWER,
    );
  return {
    send(threadId, text) {
      replica.company.typed(threadId);
      return replica.topics.together(() => replica.own?.send(threadId, text)) ?? "";
    },
    retry: (threadId, key) => replica.own?.outgoing.retry(threadId, key),
    discard: (threadId, key) => {
      const discarded = replica.own?.outgoing.discard(threadId, key)?.act;
      return discarded?.type === "send" ? discarded.text : undefined;
    },
    retryDelivery: (threadId, messageId) => commit((maker) => api.retryDelivery(threadId, messageId, maker)),
    read: (threadId, upTo) => act(threadId, { type: "read", upTo }),
    markUnread: (threadId) => act(threadId, { type: "markUnread" }),
    move: (threadId, folder) => act(threadId, { type: "move", folder }),
    mute: (threadId, muted) => act(threadId, { type: "mute", muted }),
    deleteMessage: (threadId, messageId) => act(threadId, { type: "delete", messageId }),
    restoreMessage: (threadId, messageId) => act(threadId, { type: "restore", messageId }),
    rename: (threadId, name) => act(threadId, { type: "rename", name }),
    async start(people) {
      try {
        const { thread, seq } = await api.start(people, mint.next());
        return await replica.ledger.place(thread, seq);
      } catch (error) {
        const { code, sentence } = failureOf(error) ?? NO_ANSWER;
        throw new AppError(code, sentence, { cause: error });
      }
    },
    addPeople: (threadId, people) => commit((maker) => api.addPeople(threadId, people, maker)),
    leave: (threadId) => commit((maker) => api.leave(threadId, maker)),
    typing: (threadId) => replica.company.type(threadId),
  };
}
