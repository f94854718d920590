import hooks from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import { isOn } from "./contexts";

/**
 * Before Node 24, a process in which any AsyncLocalStorage ran once pays for it at every promise from then on: a fifth of the CPU of a
 * message. Next and better-auth use theirs while a request is answered and not between, so between requests all are switched off; the next
 * `run` switches them on again. It counts only for those made after it is loaded. In the bundle all packages are loaded before it; Next and
 * better-auth make theirs later, when they prepare or are first asked.
 */
const WITHOUT_HOOKS = 24;

class PausedStorage<T> extends hooks.AsyncLocalStorage<T> {
  override run<R, A extends unknown[]>(store: T, callback: (...args: A) => R, ...args: A): R {
    isOn(this as hooks.AsyncLocalStorage<unknown>);
    return super.run(store, callback, ...args);
  }
  override enterWith(store: T): void {
    isOn(this as hooks.AsyncLocalStorage<unknown>);
    super.enterWith(store);
  }
}

if (Number.parseInt(process.versions.node, 10) < WITHOUT_HOOKS) {
  Object.assign(hooks, { AsyncLocalStorage: PausedStorage });
  syncBuiltinESMExports();
}
