import { type Clock, within } from "../clock";
import { HBaseError } from "../errors";
import { type Bytes, buf } from "../wire/bytes";
import { holds, type Known, RegionCache } from "./cache";
import type { Meta } from "./meta";
import { isOpen, META, type Region } from "./region";

/** Milliseconds for which what hbase:meta said is believed, even if a server contradicts: bounds the look-ups while a region is on its way. */
const BELIEVED = 100;
/** Milliseconds that one look-up may take. Those who wait for it give up at their own deadlines. */
const LOOK_UP = 6000;

/**
 * Which server holds a row. Remembers regions; asks hbase:meta for one region of a table at a time, so that all who wait for the same region
 * share one look-up. Every call that fails says so here, and the region is looked up again when it is next needed.
 */
export class Locator {
  /** Look-ups made. */
  lookups = 0;
  private readonly tables = new Map<string, RegionCache>();
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly meta: Meta,
    private readonly clock: Clock,
  ) {}

  /** The region, if it is known and there is no reason to doubt it. Throws `moved` when it is known to be on its way. */
  known(table: string, row: Bytes, before = false): Region | undefined {
    const known = this.tables.get(table)?.find(row, before);
    if (!known || this.mustAskAgain(known)) return undefined;
    if (!isOpen(known.region)) throw notOpen(known.region);
    return known.region;
  }

  /** The region that holds the row; with `before`, the one that holds what comes just before it (an empty row is then the table's end). */
  async locate(table: string, row: Bytes, before: boolean, deadline: number): Promise<Region> {
    if (table === META) return within(this.clock, deadline, this.meta.region(deadline));
    for (;;) {
      const region = this.known(table, row, before);
      if (region) return region;
      await within(this.clock, deadline, this.underWay.get(table) ?? this.start(table, row, before));
    }
  }

  remember(region: Region): void {
    const cache = this.tables.get(region.table) ?? new RegionCache();
    cache.put(region, this.clock.now());
    this.tables.set(region.table, cache);
  }

  /** The region is not where it was thought to be; with `server`, nothing is, as its server does not answer. */
  doubt(region: Region, server: boolean): void {
    if (region.table === META) this.meta.forget();
    const news = this.tables.get(region.table)?.outdate(region);
    if (news && server) for (const cache of this.tables.values()) cache.outdateServer(region);
  }

  forgetTable(table: string): void {
    this.tables.delete(table);
  }

  private mustAskAgain({ region, stale, foundAt }: Known): boolean {
    return (stale || !isOpen(region)) && this.clock.now() - foundAt >= BELIEVED;
  }

  private start(table: string, row: Bytes, before: boolean): Promise<void> {
    const lookup = this.lookUp(table, row, before).finally(() => this.underWay.delete(table));
    this.underWay.set(table, lookup);
    return lookup;
  }

  private async lookUp(table: string, row: Bytes, before: boolean): Promise<void> {
    this.lookups++;
    const deadline = this.clock.now() + LOOK_UP;
    try {
      const region = await this.meta.find(table, row, before, deadline);
      if (!region) throw this.noTable(table);
      if (!isOpen(region) && !(await this.meta.enabled(table, deadline))) throw new HBaseError("refused", "TableNotEnabledException", table);
      if (!holds(region, row, before))
        throw new HBaseError("moved", "NoRegion", `no region of ${table} holds ${before ? "what comes before " : ""}${buf(row).toString("latin1")}`);
      this.remember(region);
    } catch (error) {
      throw asNotRun(error);
    }
  }

  private noTable(table: string): HBaseError {
    this.forgetTable(table);
    return new HBaseError("refused", "TableNotFoundException", table);
  }
}

const notOpen = ({ name, state }: Region) => new HBaseError("moved", "RegionNotOpen", `${name.toString("latin1")} is ${state}`);

/** A look-up changes nothing: when it fails, whatever it was for has not been run. */
function asNotRun(error: unknown): unknown {
  if (!(error instanceof HBaseError) || error.kind === "refused" || error.kind === "closed" || error.kind === "busy") return error;
  return new HBaseError("moved", error.type, `while looking for a region: ${error.message}`, { cause: error });
}
