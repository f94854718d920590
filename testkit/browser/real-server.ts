import type { Pending } from "@/app/replica/acts";
import type { MailboxApi } from "@/app/replica/ports";
import type { Id } from "@/domain/id";
import { type MessagingWorld, messagingWorld } from "../messaging";

/** The application server itself, on the memory store, as one person's browser sees it. */
export class RealServer implements MailboxApi {
  readonly world: MessagingWorld = messagingWorld();
  readonly ann = this.world.person("ann");
  readonly ben = this.world.person("ben");
  #told = 0;

  /** Ann's entries committed since the last call, as they would be pushed. */
  news() {
    const commits = this.world.commits.slice(this.#told);
    this.#told = this.world.commits.length;
    return commits.filter(({ user }) => user === this.ann).map(({ entries }) => entries);
  }

  async me() {
    return { id: this.ann, name: "Ann", outside: false, hue: 0, role: "member", email: "ann@example.org", demo: true } as const;
  }
  open() {
    return this.world.reads.open(this.ann);
  }
  sync(since: number, limit: number) {
    return this.world.reads.sync(this.ann, since, limit);
  }
  threads(page: Parameters<MailboxApi["threads"]>[0]) {
    return this.world.reads.threads(this.ann, page);
  }
  thread(threadId: Id) {
    return this.world.reads.thread(this.ann, threadId);
  }
  messages({ threadId, ...page }: Parameters<MailboxApi["messages"]>[0]) {
    return this.world.reads.messages(this.ann, threadId, page);
  }
  start(people: readonly string[], maker: Id) {
    return this.world.sending.start(this.ann, people, maker);
  }
  retryDelivery(threadId: Id, messageId: Id, maker: Id) {
    return this.world.sending.retry(this.ann, threadId, messageId, maker);
  }
  addPeople(threadId: Id, people: readonly string[], maker: Id) {
    return this.world.groups.add(this.ann, threadId, people, maker);
  }
  leave(threadId: Id, maker: Id) {
    return this.world.groups.leave(this.ann, threadId, maker);
  }
  async people() {
    return [];
  }
  act({ threadId, maker, act }: Pending): Promise<{ seq: number }> {
    const { acts, sending, groups } = this.world;
    switch (act.type) {
      case "send":
        return sending.send(this.ann, threadId, act.text, maker);
      case "read":
        return acts.read(this.ann, threadId, act.upTo, maker);
      case "markUnread":
        return acts.markUnread(this.ann, threadId, maker);
      case "move":
        return acts.move(this.ann, threadId, act.folder, maker);
      case "mute":
        return acts.mute(this.ann, threadId, act.muted, maker);
      case "delete":
        return acts.deleteMessage(this.ann, threadId, act.messageId, maker);
      case "restore":
        return acts.restoreMessage(this.ann, threadId, act.messageId, maker);
      case "rename":
        return groups.rename(this.ann, threadId, act.name, maker);
      case "draft":
        return acts.saveDraft(this.ann, threadId, act.text, maker);
      default:
        return act satisfies never;
    }
  }
}
