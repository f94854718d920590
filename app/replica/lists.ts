import { folderKey } from "@/domain/reduce";
import type { Folder, Thread } from "@/domain/thread";

/** The threads at hand in the order of each folder, newest activity first. One change costs a binary search and a copy. */
export class FolderLists {
  readonly #lists = new Map<Folder, readonly Thread[]>();

  /** Puts `after` where it belongs and takes `before` out; both are the same thread. */
  replace(before: Thread | undefined, after: Thread | undefined): void {
    if (before) this.#splice(before, 1);
    if (after) this.#splice(after, 0, after);
  }

  /** The threads of a folder down to a key, inclusive. */
  downTo(folder: Folder, key: string): readonly Thread[] {
    const list = this.#lists.get(folder) ?? [];
    const end = firstBelow(list, key);
    return end === list.length ? list : list.slice(0, end);
  }

  clear(): void {
    this.#lists.clear();
  }

  #splice(at: Thread, remove: 0 | 1, ...insert: Thread[]): void {
    const list = this.#lists.get(at.folder) ?? [];
    this.#lists.set(at.folder, list.toSpliced(firstBelow(list, folderKey(at)) - remove, remove, ...insert));
  }
}

/** Index of the first thread whose key is smaller: the end of those that are not. */
function firstBelow(list: readonly Thread[], key: string): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (folderKey(list[middle] as Thread) >= key) low = middle + 1;
    else high = middle;
  }
  return low;
}
