import fc from "fast-check";
import type { Action } from "@/domain/action";
import { encodeId, type Id } from "@/domain/id";
import { type Message, preview } from "@/domain/message";
import { FOLDERS } from "@/domain/thread";

/** Ids of small things, so that random actions meet: the nth of a kind. */
export const nth = (kind: number, n: number): Id => encodeId(Uint8Array.from([0, 0, 0, 0, 0, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, n]));

const ME = nth(1, 0);
const person = fc.integer({ min: 1, max: 3 }).map((n) => nth(1, n));
const threadId = fc.integer({ min: 0, max: 2 }).map((n) => nth(2, n));
const messageId = fc.integer({ min: 0, max: 30 }).map((n) => nth(3, n));
const folder = fc.constantFrom(...FOLDERS);
const states = ["sent", "delivered", "failed"] as const;
const reason = fc.constantFrom("was-offline", "quiet-hours");
const delivery = fc.record({
  state: fc.constantFrom("sending", "withheld", ...states),
  channel: fc.constantFrom("chat", "email"),
  at: fc.nat(99),
} as const);
const copy = fc.tuple(delivery, fc.option(reason, { nil: undefined }), fc.option(fc.nat(99), { nil: undefined })).map(([known, copy, retryAt]) => ({
  ...known,
  ...(copy && { copy }),
  ...(retryAt !== undefined && { retryAt }),
}));
const copied = fc.record({ state: fc.constantFrom(...states), at: fc.nat(99), reason } as const);
const file = fc.constantFrom({ name: "picture-1.jpg", type: "image/jpeg", key: "k" }, { name: "picture-1", type: "image/jpeg", lost: "refused" } as const);
const channel = fc.constantFrom("chat", "email", "sms" as const);

const message = (from: fc.Arbitrary<Id>, withDelivery: boolean): fc.Arbitrary<Message> =>
  fc
    .record({
      id: messageId,
      from,
      channel,
      at: fc.nat(99),
      text: fc.string({ unit: "grapheme", maxLength: 8 }),
      to: fc.uniqueArray(person, { minLength: 1 }),
      delivery: copy,
      files: fc.array(fc.constant({ name: "picture-1", type: "image/jpeg" }), { maxLength: 2 }),
    })
    .map(({ to, delivery: state, files, ...rest }) => ({
      ...rest,
      ...(files.length > 0 && { files }),
      threadId: "",
      ...(withDelivery && { delivery: Object.fromEntries(to.map((id) => [id, state])) }),
    }));

const arrival = fc.record({
  type: fc.constant("MessageArrived" as const),
  message: fc.oneof(message(person, false), message(person, true)),
  folder,
  unread: fc.boolean(),
});

const body = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("ThreadOpened" as const), folder, activity: messageId }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("MessageSent" as const), message: message(fc.constant(ME), true) }) },
  { weight: 4, arbitrary: arrival },
  fc.record({
    type: fc.constant("RosterChanged" as const),
    message: message(person, true),
    roster: fc.nat(5),
    left: fc.boolean(),
    people: fc.uniqueArray(person),
  }),
  fc.record({ type: fc.constant("RosterIntended" as const), by: fc.constantFrom("a", "b"), change: fc.constant({ type: "leave" as const }) }),
  fc.record({ type: fc.constant("RosterSettled" as const), by: fc.constantFrom("a", "b") }),
  fc.record({ type: fc.constant("HistoryShared" as const), messages: fc.array(message(person, false), { maxLength: 3 }) }),
  fc.record({ type: fc.constant("HistoryOwed" as const), to: fc.uniqueArray(person), upTo: messageId }),
  fc.record({ type: fc.constant("HistoryGiven" as const), to: person, upTo: fc.option(messageId) }),
  fc
    .record({ type: fc.constant("DeliveryReported" as const), messageId, to: person, delivery: copy, tell: fc.option(person, { nil: undefined }) })
    .map(({ tell, ...rest }) => ({ ...rest, ...(tell && { tell }) })),
  fc.record({ type: fc.constant("CopyReported" as const), messageId, by: person, copied }),
  fc.record({ type: fc.constant("CopyTold" as const), messageId, to: person, copied }),
  fc.record({ type: fc.constant("FileArrived" as const), messageId, place: fc.nat(2), file }),
  fc.record({ type: fc.constant("ReceiptArrived" as const), by: person, upTo: messageId }),
  fc.record({ type: fc.constant("ReceiptGiven" as const), to: person, upTo: messageId }),
  fc.record({ type: fc.constant("ThreadRead" as const), upTo: messageId, unread: fc.nat(3), tell: fc.uniqueArray(person) }),
  fc.record({ type: fc.constant("ThreadMarkedUnread" as const) }),
  fc.record({ type: fc.constant("ThreadMoved" as const), folder }),
  fc.record({ type: fc.constant("ThreadMuted" as const), muted: fc.boolean() }),
  fc.record({
    type: fc.constantFrom("MessageDeleted" as const, "MessageRestored" as const),
    messageId,
    unread: fc.nat(3),
    last: fc.option(message(person, false).map(preview)),
  }),
  fc.record({ type: fc.constant("DraftSaved" as const), text: fc.constantFrom("", "d", "draft") }),
);

/** Any sequence of actions, sensible or not: applying them must be total, and replaying them exact. */
export const anyActions: fc.Arbitrary<Action[]> = fc
  .array(fc.tuple(threadId, body), { minLength: 1, maxLength: 30 })
  .map((list) => list.map(([thread, action], i) => place(thread, action, { at: i, maker: `maker-${i}` })));

/** Two threads, opened first, in which much is said: most of it in the first. */
export const busyActions: fc.Arbitrary<Action[]> = fc
  .array(fc.tuple(fc.constantFrom(nth(2, 0), nth(2, 0), nth(2, 1)), fc.oneof({ weight: 2, arbitrary: body }, { weight: 1, arbitrary: arrival })), {
    minLength: 20,
    maxLength: 60,
    size: "max",
  })
  .map((list) => [0, 1].map((n) => [nth(2, n), OPENING] as (typeof list)[number]).concat(list))
  .map((list) => list.map(([thread, action], i) => place(thread, action, { at: i, maker: `maker-${i}` })));

const OPENING = { type: "ThreadOpened", folder: "messages", activity: "" } as const;

function place(threadId: Id, action: typeof body extends fc.Arbitrary<infer T> ? T : never, stamp: { at: number; maker: string }): Action {
  switch (action.type) {
    case "ThreadOpened":
      return {
        type: "ThreadOpened",
        ...stamp,
        thread: { id: threadId, kind: "direct", people: [ME, nth(1, 1)], names: {}, roster: 0, folder: action.folder, activity: action.activity },
      };
    case "MessageSent":
    case "MessageArrived":
    case "RosterChanged":
      return { ...action, ...stamp, threadId, message: { ...action.message, threadId } };
    case "HistoryShared":
      return { ...action, ...stamp, threadId, messages: action.messages.map((shared) => ({ ...shared, threadId })) };
    default:
      return { ...action, ...stamp, threadId };
  }
}
