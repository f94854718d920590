import { Pool } from "../connection/pool";
import { Locator } from "../locator/locator";
import { Meta } from "../locator/meta";
import { Registry } from "../registry/registry";
import { newNonce } from "./mutations";
import { type HBaseOptions, type Settings, settings } from "./options";
import { Retry } from "./retry";

/** What the calls to rows and the calls to the cluster are made of. */
export class Core {
  /** Nonces are this client's. */
  readonly nonceGroup = newNonce();
  readonly settings: Settings;
  readonly pool: Pool;
  readonly registry: Registry;
  readonly locator: Locator;
  readonly retry: Retry;

  constructor(options: HBaseOptions) {
    this.settings = settings(options);
    this.pool = new Pool(this.settings);
    this.registry = new Registry(this.settings.seeds, this.pool, this.settings.clock);
    this.locator = new Locator(new Meta(this.registry, this.pool), this.settings.clock);
    this.retry = new Retry(this.locator, this.pool, this.settings);
  }
}
