import type { Pending } from "../replica/acts";
import type { MailboxApi } from "../replica/ports";
import { api } from "./client";

/** What the replica asks, as calls of the API. */
export const mailboxApi: MailboxApi = {
  me: () => api.account.me.query(),
  open: () => api.mailbox.open.query(),
  sync: (since, limit) => api.mailbox.sync.query({ since, limit }),
  threads: (page) => api.thread.list.query(page),
  thread: (threadId) => api.thread.get.query({ threadId }),
  messages: (page) => api.thread.messages.query(page),
  act,
  start: (people, maker) => api.thread.start.mutate({ people: [...people], maker }),
  retryDelivery: (threadId, messageId, maker) => api.message.retry.mutate({ threadId, messageId, maker }),
  addPeople: (threadId, people, maker) => api.group.add.mutate({ threadId, people: [...people], maker }),
  leave: (threadId, maker) => api.group.leave.mutate({ threadId, maker }),
  people: (ids) => api.person.many.query({ ids: [...ids] }),
};

function act({ threadId, maker, act }: Pending): Promise<{ seq: number }> {
  const done = { threadId, maker };
  switch (act.type) {
    case "send":
      return api.message.send.mutate({ threadId, text: act.text, clientId: maker });
    case "read":
      return api.thread.read.mutate({ ...done, upTo: act.upTo });
    case "markUnread":
      return api.thread.markUnread.mutate(done);
    case "move":
      return api.thread.move.mutate({ ...done, folder: act.folder });
    case "mute":
      return api.thread.mute.mutate({ ...done, muted: act.muted });
    case "delete":
      return api.message.delete.mutate({ ...done, messageId: act.messageId });
    case "restore":
      return api.message.restore.mutate({ ...done, messageId: act.messageId });
    case "rename":
      return api.group.rename.mutate({ ...done, name: act.name });
    case "draft":
      return api.thread.saveDraft.mutate({ ...done, text: act.text });
    default:
      return act satisfies never;
  }
}
