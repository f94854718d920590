import { AppError } from "@/domain/error";
import type { Id } from "@/domain/id";
import type { BlobStore } from "@/storage/blobs/contract";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import type { Overview, SmsOverview } from "./api/services";
import type { Health } from "./platform/health";
import { MinuteSeries, median, sum } from "./platform/history";
import type { LoopDelay } from "./platform/loop-delay";
import { storageOverview } from "./storage-overview";

export interface OverviewDeps {
  readonly isAdmin: (user: Id) => Promise<boolean>;
  readonly health: Health;
  readonly store: WideColumnStore;
  readonly blobs: BlobStore;
  readonly loop: LoopDelay;
  readonly sms: { overview(): Promise<SmsOverview> };
  readonly clock: () => number;
  readonly counts: { people(): Promise<number>; sockets(): number; owed(): number; mailboxes(): number };
}

const MB = 1024 * 1024;

/** What an admin sees at a glance: what is slow or broken in words, figures of this moment, and the last hour. */
export class OverviewService {
  readonly messages: MinuteSeries;
  readonly latency: MinuteSeries;

  constructor(private readonly deps: OverviewDeps) {
    this.messages = new MinuteSeries(deps.clock, sum);
    this.latency = new MinuteSeries(deps.clock, median);
  }

  async overview(user: Id): Promise<Overview> {
    if (!(await this.deps.isAdmin(user))) throw new AppError("account/forbidden");
    const { health, store, sms } = this.deps;
    const [{ probes }, storage, texts, figures] = await Promise.all([health.report(), storageOverview(store), sms.overview(), this.#figures()]);
    return { probes, ...(storage && { storage }), sms: texts, figures, series: this.#series() };
  }

  async #figures(): Promise<Overview["figures"]> {
    const { counts, store, blobs, loop } = this.deps;
    const { syncMs, mutations, commits, driver } = store.stats();
    const delay = loop.read();
    return [
      { key: "people", label: "People", value: await counts.people(), unit: "", words: "accounts on this server" },
      {
        key: "messages",
        label: "Messages",
        value: this.messages.points().at(-2)?.[1] ?? 0,
        unit: "a minute",
        words: "committed in the minute before this one",
      },
      { key: "owed", label: "Waiting deliveries", value: counts.owed(), unit: "", words: "to mailboxes and to mail servers, retries included" },
      { key: "sockets", label: "Open devices", value: counts.sockets(), unit: "", words: "browsers connected now" },
      { key: "mailboxes", label: "Active mailboxes", value: counts.mailboxes(), unit: "", words: "opened since the server started and still held" },
      { key: "sync-p50", label: "Disk sync, median", value: syncMs.p50, unit: "ms", words: `store: ${driver}` },
      { key: "sync-p99", label: "Disk sync, slowest 1%", value: syncMs.p99, unit: "ms", words: `${mutations} changes in ${commits} commits` },
      { key: "loop", label: "Event loop delay, slowest 1%", value: delay.p99, unit: "ms", words: "how long the server was too busy to answer" },
      {
        key: "blobs",
        label: "Stored originals",
        value: blobs.stats().blobs,
        unit: "",
        words: `${(blobs.stats().bytes / MB).toFixed(2)} MB on the disk`,
      },
      { key: "memory", label: "Memory", value: Math.round(process.memoryUsage.rss() / MB), unit: "MB", words: "of this process" },
    ];
  }

  #series(): Overview["series"] {
    return [
      { key: "messages", label: "Messages a minute", points: this.messages.points() },
      { key: "latency", label: "Delivery, median ms", points: this.latency.points() },
    ];
  }
}
