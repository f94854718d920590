import { parentPort } from "node:worker_threads";
import { type Answer, type Question, READY, TaskFailure, type TaskMap } from "./worker-task";

export type Handlers<T extends TaskMap> = { readonly [K in keyof T]: (input: T[K]["input"]) => T[K]["output"] | Promise<T[K]["output"]> };

/** The worker's side of a WorkerPool: answers questions one at a time until the thread ends. */
export function serve<T extends TaskMap>(handlers: Handlers<T>): void {
  const port = parentPort;
  if (port === null) throw new Error("This file runs as a worker thread.");
  port.on("message", (question: Question) => {
    void answer(handlers, question).then((reply) => port.postMessage(reply));
  });
  port.postMessage(READY);
}

async function answer<T extends TaskMap>(handlers: Handlers<T>, { id, task, input }: Question): Promise<Answer> {
  try {
    const handler = handlers[task];
    if (handler === undefined) throw new TaskFailure("unknown-task");
    return { id, output: await handler(input) };
  } catch (error) {
    return { id, reason: error instanceof TaskFailure ? error.reason : String(error).slice(0, 200) };
  }
}
