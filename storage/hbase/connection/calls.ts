import type { RowOfCells } from "../wire/cells";
import type { Reply } from "../wire/frames";
import type { Method } from "../wire/methods";
import type { Spec, Values } from "../wire/protobuf";

export interface CallOptions {
  readonly cells?: readonly RowOfCells[];
  /** The caller's deadline, by the client's clock. */
  readonly deadline: number;
  /** At most so many milliseconds from sending to the answer, when that is sooner. */
  readonly answerWithin?: number;
  readonly priority?: number;
  /** Calls that wait for the same thing (a region): they share the places of the connection fairly with other groups. */
  readonly group?: object;
}

/** A call that waits to be sent, or for its answer. */
export interface Call {
  readonly method: Method<Spec, Spec>;
  request: Values<Spec>;
  options: CallOptions;
  readonly group: Group;
  /** Makes of an answer what the caller wants of it; its errors are the caller's. */
  readonly read: (reply: Reply<Values<Spec>>) => unknown;
  readonly resolve: (read: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** By the client's clock. */
  sentAt: number;
  /** When it is given up: the caller's deadline, and once it is sent the time for an answer if that is sooner. */
  expires: number;
}

/** Calls that wait for the same thing, and how many of them wait for an answer. */
export interface Group {
  underWay: number;
}

/** What one group may have under way, for each place that is still free: 3 gives one group alone three quarters of all. */
const SHARE = 3;

/**
 * The calls of one connection: those that wait for answers, and those that wait to be sent, by group. Both are bounded. A group may take at
 * most three times the places still free, so that one slow region, or several, cannot take them all (the dynamic threshold of shared-buffer
 * switches: Choudhury and Hahne, 1998). Groups that wait take turns.
 */
export class Calls {
  readonly sent = new Map<number, Call>();
  waiting = 0;
  private readonly queues = new Map<Group, Set<Call>>();
  private readonly groups = new WeakMap<object, Group>();
  private lastId = 0;
  /** No call is given up before this: most sweeps need not look at any. */
  private soonest = Number.POSITIVE_INFINITY;

  constructor(private readonly limit: number) {}

  get idle(): boolean {
    return this.sent.size === 0 && this.waiting === 0;
  }

  /** Those that are there for the same thing. */
  groupOf(thing: object): Group {
    const known = this.groups.get(thing);
    if (known !== undefined) return known;
    const group = { underWay: 0 };
    this.groups.set(thing, group);
    return group;
  }

  /** Whether a call of the group may be sent now, before none that waits longer. */
  mayGo(group: Group): boolean {
    return this.hasPlace(group) && (this.waiting === 0 || !this.queues.has(group));
  }

  send(call: Call): number {
    this.lastId = (this.lastId % 0x7fffffff) + 1;
    this.sent.set(this.lastId, call);
    this.soonest = Math.min(this.soonest, call.expires);
    call.group.underWay++;
    return this.lastId;
  }

  wait(call: Call): void {
    const queue = this.queues.get(call.group);
    if (queue) queue.add(call);
    else this.queues.set(call.group, new Set([call]));
    this.waiting++;
    this.soonest = Math.min(this.soonest, call.expires);
  }

  /** The call has its answer, or none any more. */
  take(id: number): Call | undefined {
    const call = this.sent.get(id);
    if (!call) return undefined;
    this.sent.delete(id);
    call.group.underWay--;
    return call;
  }

  /** The call whose turn it is, no longer waiting. */
  next(): Call | undefined {
    if (this.waiting === 0) return undefined;
    for (const [group, queue] of this.queues) {
      if (!this.hasPlace(group)) continue;
      const [call] = queue;
      this.leave(queue, call!);
      if (queue.size > 0) {
        this.queues.delete(group); // to the end: the others' turn
        this.queues.set(group, queue);
      }
      return call;
    }
    return undefined;
  }

  /** Takes out what has run out of time. */
  expired(now: number): { sent: Call[]; waiting: Call[] } {
    const late = { sent: [] as Call[], waiting: [] as Call[] };
    if (now < this.soonest) return late;
    this.soonest = Number.POSITIVE_INFINITY;
    for (const [id, call] of this.sent) if (this.isLate(call, now)) late.sent.push(this.take(id)!);
    for (const queue of this.queues.values()) {
      for (const call of queue) {
        if (!this.isLate(call, now)) continue;
        this.leave(queue, call);
        late.waiting.push(call);
      }
    }
    return late;
  }

  /** Takes out everything. */
  clear(): { sent: Call[]; waiting: Call[] } {
    return this.expired(Number.POSITIVE_INFINITY);
  }

  private isLate({ expires }: Call, now: number): boolean {
    if (expires > now) this.soonest = Math.min(this.soonest, expires);
    return expires <= now;
  }

  private hasPlace({ underWay }: Group): boolean {
    const free = this.limit - this.sent.size;
    return free > 0 && underWay < SHARE * free;
  }

  private leave(queue: Set<Call>, call: Call): void {
    queue.delete(call);
    this.waiting--;
    if (queue.size === 0) this.queues.delete(call.group);
  }
}
