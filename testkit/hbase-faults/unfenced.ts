import { EPOCH } from "@/server/mailbox/schema";
import type { Condition, Mutation, WideColumnStore } from "@/storage/wide-column/contract";

/** A planted fault: the store forgets to ask for the epoch when an owner writes. Taking a mailbox over still raises it. */
export function unfenced<S extends WideColumnStore>(store: S): S {
  const mutateRow: S["mutateRow"] = (table, row, mutations, { when } = {}) =>
    store.batch(table, [{ row, mutations, ...(when !== undefined && !(isEpoch(when) && !mutations.some(raises)) && { when }) }]).then(([result]) => result!);
  return new Proxy(store, {
    get(target, key) {
      if (key === "mutateRow") return mutateRow;
      const value = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const isEpoch = ({ family, qualifier }: Condition): boolean => family === "meta" && EPOCH.equals(qualifier);
const raises = (mutation: Mutation): boolean => mutation.kind === "put" && mutation.family === "meta" && EPOCH.equals(mutation.qualifier);
