import type { AsyncLocalStorage } from "node:async_hooks";
import type { Server } from "node:http";

/** Milliseconds after the last request: what an answer left behind may still be at work. */
const GRACE = 200;

const inUse = new Set<AsyncLocalStorage<unknown>>();
let requests = 0;
let pause: NodeJS.Timeout | undefined;

/** Remembers a context that is on, to be switched off when no request is under way. See paused-storage. */
export const isOn = (storage: AsyncLocalStorage<unknown>): unknown => inUse.add(storage);

/** Keeps contexts on while requests of this server are answered. Work that goes on when the caller has gone needs `withContexts`. */
export function keepDuringRequests(http: Server): void {
  http.prependListener("request", ({ socket }, response) => {
    begin();
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      socket.off("close", over);
      end();
    };
    response.once("close", over);
    socket.once("close", over); // an answer that waits for another of its connection is not told that the connection is lost
  });
}

/** Keeps contexts on during work that uses them outside a request, or longer than one. */
export async function withContexts<T>(work: () => Promise<T>): Promise<T> {
  begin();
  try {
    return await work();
  } finally {
    end();
  }
}

function begin(): void {
  requests++;
  clearTimeout(pause);
}

function end(): void {
  requests--;
  if (requests === 0) pause = setTimeout(switchOff, GRACE).unref();
}

function switchOff(): void {
  for (const storage of inUse) storage.disable();
  inUse.clear();
}
