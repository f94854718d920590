import { outsideEmail } from "@/domain/address";
import type { Clock, Id, IdMinter } from "@/domain/id";
import type { Message } from "@/domain/message";
import type { Mailboxes } from "../mailbox/mailboxes";
import type { Rosters } from "../mailbox/rosters";
import { opened, threadOfPeople } from "../mailbox/threads";

export interface NoticesDeps {
  readonly mailboxes: Mailboxes;
  readonly rosters: Rosters;
  /** The part after the @ of our own people's addresses. Nobody can have the handle `braid` there. */
  readonly domain: string;
  readonly mint: IdMinter;
  readonly clock: Clock;
}

/** What Braid itself has to say to somebody: a message in a conversation with Braid. */
export class Notices {
  constructor(private readonly deps: NoticesDeps) {}

  /** A repeat with the same maker is a no-op. */
  async give(user: Id, text: string, maker: string): Promise<void> {
    const { mailboxes, rosters, domain, mint, clock } = this.deps;
    const stamp = { at: clock(), maker: `notice:${maker}` };
    const from = outsideEmail(`braid@${domain}`);
    const opening = await threadOfPeople(rosters, [user, from], stamp.at, async () => undefined);
    await mailboxes.commit(user, stamp.maker, async (view) => {
      const mine = await view.thread(opening.id);
      const names = { [from]: "Braid" };
      const open = mine === undefined ? [opened(opening, "messages", names, stamp, mint)] : [];
      const message: Message = { id: mint.next(mine?.activity), threadId: opening.id, from, channel: "chat", at: stamp.at, text };
      return [...open, { type: "MessageArrived", ...stamp, threadId: opening.id, message, folder: "messages", unread: true }];
    });
  }
}
