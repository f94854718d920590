import type { Duplex } from "node:stream";

/** What is used of Engine.IO's connection; `flush` is its own, so a test watches that this still works. */
export interface Connection {
  flush(): void;
  readonly request: { readonly socket: Pick<Duplex, "cork" | "uncork"> };
}

/**
 * Sends all that one turn of the event loop has for a device in one system call. When a commit is durable, a busy device gets entries of
 * several mailboxes' doing and the answers to its calls at once, and each frame by itself would be a call of its own.
 */
export function sendOnceATurn(connection: Connection): void {
  const flush = connection.flush.bind(connection);
  const { socket } = connection.request;
  let due = false;
  connection.flush = () => {
    if (due) return;
    due = true;
    setImmediate(() => {
      due = false;
      socket.cork();
      try {
        flush();
      } finally {
        socket.uncork();
      }
    });
  };
}
