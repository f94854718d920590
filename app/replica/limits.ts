/** Sizes of what is asked for and kept. Tests make them small, so that a short log meets every one of them. */
export interface Limits {
  /** Threads or messages in one page. */
  readonly page: number;
  /** The same when going back to a place that was loaded before. */
  readonly longPage: number;
  /** Entries of the log asked for at once; the server gives no more than 200. */
  readonly entries: number;
  /** Further behind than so many entries, it costs less to read again what is on the screen than to read what has happened. */
  readonly far: number;
  /** Entries kept, at least, to bring answers up to date that were read a little earlier. */
  readonly tail: number;
  /** Newest messages kept of a conversation that is closed, and closed conversations that keep them: going back to one is instant. */
  readonly closedMessages: number;
  readonly closedThreads: number;
}

export const LIMITS: Limits = { page: 50, longPage: 200, entries: 200, far: 400, tail: 1_000, closedMessages: 200, closedThreads: 50 };
