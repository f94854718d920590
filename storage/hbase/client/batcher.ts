import type { Connection } from "../connection/connection";
import { HBaseError, remoteError } from "../errors";
import { byFullName, type Region } from "../locator/region";
import { buf, EMPTY } from "../wire/bytes";
import type { Cell, RowOfCells } from "../wire/cells";
import type { Action, Get, MultiResponse, NameBytesPair, RegionActionResult } from "../wire/messages";
import { Client } from "../wire/methods";
import type { Of } from "../wire/protobuf";
import { cellsOf } from "../wire/results";
import type { Encoded } from "./mutations";
import type { Target } from "./retry";
import { SlowRegions } from "./slow-regions";

interface Item {
  readonly region: Region;
  readonly action: Of<typeof Action>;
  readonly cells: readonly RowOfCells[];
  readonly bytes: number;
  readonly deadline: number;
  resolve(cells: Cell[]): void;
  reject(error: unknown): void;
}

/** Things to be asked of one server in one call. */
interface Group {
  readonly connection: Connection;
  readonly items: Item[];
  /** Of its first item. */
  readonly deadline: number;
  bytes: number;
}

/** A call's actions run one after another in one handler of the server: long calls would leave its other handlers idle. */
const MAX_ACTIONS = 64;
const MAX_BYTES = 1024 * 1024;
/** Milliseconds: calls whose deadlines are farther apart than this do not share a Multi, which has one deadline. */
const DEADLINES_TOGETHER = 50;

/**
 * Reads and plain changes of one turn of the event loop share a Multi. Reads: one for each server, but a region that is slow to answer goes
 * alone, so that the others do not wait for it. Changes: one for each region, because a server syncs its log once for each region of a Multi,
 * one after another, while separate calls share the sync.
 */
export class Batcher {
  private readonly groups = new Map<string, Group[]>();
  private readonly slow: SlowRegions;
  private readonly names = new WeakMap<object, number>();
  private lastName = 0;
  private scheduled = false;

  constructor(private readonly settings: { readonly callTimeout: number; readonly clock: { now(): number } }) {
    this.slow = new SlowRegions(() => settings.clock.now());
  }

  get({ connection, region }: Target, get: Of<typeof Get>, deadline: number): Promise<Cell[]> {
    const key = this.slow.has(region) ? `get ${this.nameOf(connection)} ${this.nameOf(region)}` : `get ${this.nameOf(connection)}`;
    const answer = this.add(key, connection, { region, action: { get }, cells: [], bytes: get.row!.length, deadline });
    return answer.finally(() => this.slow.answered(region));
  }

  async mutate({ connection, region }: Target, encoded: Encoded, deadline: number): Promise<void> {
    const item = { region, action: { mutation: encoded.proto }, cells: [encoded], bytes: encoded.bytes, deadline };
    await this.add(`put ${this.nameOf(connection)} ${this.nameOf(region)}`, connection, item);
  }

  private add(key: string, connection: Connection, item: Omit<Item, "resolve" | "reject">): Promise<Cell[]> {
    return new Promise((resolve, reject) => {
      const group = this.group(key, connection, item.deadline);
      group.items.push({ ...item, resolve, reject });
      group.bytes += item.bytes;
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** One with the same key that still has room, and whose deadline is about the same. */
  private group(key: string, connection: Connection, deadline: number): Group {
    const known = this.groups.get(key) ?? [];
    const fit = known.find((one) => one.items.length < MAX_ACTIONS && one.bytes < MAX_BYTES && Math.abs(one.deadline - deadline) <= DEADLINES_TOGETHER);
    if (fit) return fit;
    const group: Group = { connection, items: [], deadline, bytes: 0 };
    known.unshift(group);
    this.groups.set(key, known);
    return group;
  }

  private flush(): void {
    this.scheduled = false;
    const groups = [...this.groups.values()].flatMap((list) => list.reverse());
    this.groups.clear();
    for (const group of groups) this.send(group);
  }

  private send({ connection, items }: Group): void {
    for (const { action, region } of items) if (action.get) this.slow.asked(region);
    const sent = items.length === 1 ? this.single(connection, items[0]!) : this.multi(connection, items);
    sent.catch((error) => {
      for (const item of items) item.reject(error);
    });
  }

  private async single(connection: Connection, { region, action, cells, deadline, resolve }: Item): Promise<void> {
    const options = { cells, deadline, answerWithin: this.settings.callTimeout, group: region };
    if (action.get) {
      const reply = await connection.call(Client.get, { region: byFullName(region), get: action.get }, options);
      return resolve(cellsOf(reply.body.result, reply.cells));
    }
    await connection.call(Client.mutate, { region: byFullName(region), mutation: action.mutation }, options);
    resolve([]);
  }

  private async multi(connection: Connection, items: readonly Item[]): Promise<void> {
    const regions = [...byRegion(items)];
    const request = {
      regionAction: regions.map(([region, list]) => ({
        region: byFullName(region),
        action: list.map((item, index) => ({ ...item.action, index })),
      })),
    };
    const options = {
      cells: regions.flatMap(([, list]) => list.flatMap(({ cells }) => cells)),
      deadline: Math.min(...items.map(({ deadline }) => deadline)),
      answerWithin: this.settings.callTimeout,
      group: regions.length === 1 ? regions[0]![0] : undefined,
    };
    const { body, cells } = await connection.call(Client.multi, request, options);
    deliver(regions, body, cells);
  }

  private nameOf(thing: object): number {
    const known = this.names.get(thing);
    if (known !== undefined) return known;
    this.names.set(thing, ++this.lastName);
    return this.lastName;
  }
}

function byRegion(items: readonly Item[]): Map<Region, Item[]> {
  const out = new Map<Region, Item[]>();
  for (const item of items) {
    const list = out.get(item.region);
    if (list) list.push(item);
    else out.set(item.region, [item]);
  }
  return out;
}

/** The cells of all results follow one another in the one cell block. */
function deliver(regions: [Region, Item[]][], { regionActionResult = [] }: Of<typeof MultiResponse>, block: Cell[]): void {
  let at = 0;
  regions.forEach(([, items], i) => {
    at = deliverRegion(items, regionActionResult[i] ?? {}, block, at);
  });
}

function deliverRegion(items: Item[], { exception: failure, resultOrException = [] }: Of<typeof RegionActionResult>, block: Cell[], start: number): number {
  let at = start;
  for (const { index = 0, result, exception } of resultOrException) {
    const end = at + (result?.associated_cell_count ?? 0);
    if (exception) items[index]?.reject(multiError(exception));
    else items[index]?.resolve(cellsOf(result, block.slice(at, end)));
    at = end;
  }
  // Those that have had their answer do not mind; the others must not wait for one.
  const missing = failure ? multiError(failure) : new HBaseError("unknown-outcome", "NoResult", "the server's answer left this out");
  for (const item of items) item.reject(missing);
  return at;
}

/** Inside the answer of a Multi an error is a class name and a stack. */
export const multiError = ({ name = "IOException", value = EMPTY }: Of<typeof NameBytesPair>): HBaseError => remoteError(name, buf(value).toString());
