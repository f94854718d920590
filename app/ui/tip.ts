import { ariaKeys } from "./keys";

/**
 * What an element needs so that the one tooltip of the page (see `tip-host.tsx`) shows `label` and its key beside it. It is not the
 * element's name: give that by text or `aria-label`.
 */
export const tip = (label: string, keys?: string) => ({ "data-tip": label, "data-keys": keys, "aria-keyshortcuts": ariaKeys(keys) });
