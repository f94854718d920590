import { Device } from "../client";

/** Everyone of these writes to everyone else in pairs, and all in one group. */
export const WRITERS = ["ann", "ben", "chiara", "dev"] as const;

export interface Sent {
  readonly by: string;
  readonly threadId: string;
  readonly text: string;
  readonly clientId: string;
  /** Set when the server said yes. Without it the message may be there or not, but never twice. */
  acknowledged: boolean;
}

/** How many messages each person has under way at once. */
const AT_ONCE = 8;

/** People writing as fast as they can, until the server is gone. Messages without an answer are sent again by the next load. */
export class Load {
  #ended = false;
  readonly #work: Promise<void>[] = [];

  private constructor(
    private readonly devices: readonly { handle: string; device: Device; threads: readonly string[] }[],
    private readonly round: number,
    private readonly sent: Sent[],
  ) {}

  static async begin(url: string, round: number, sent: Sent[]): Promise<Load> {
    const devices = [];
    for (const handle of WRITERS) {
      const device = await Device.signIn(url, handle);
      devices.push({ handle, device, threads: await threadsOf(device, handle) });
    }
    const load = new Load(devices, round, sent);
    load.#again();
    for (const one of devices) for (let lane = 0; lane < AT_ONCE; lane++) load.#work.push(load.#write(one, lane));
    return load;
  }

  async end(): Promise<void> {
    this.#ended = true;
    for (const { device } of this.devices) device.close();
    await Promise.all(this.#work);
  }

  /** What a browser does after a crash: the unanswered go out once more under their old client ids. */
  #again(): void {
    for (const { handle, device } of this.devices)
      for (const message of this.sent.filter(({ by, acknowledged }) => by === handle && !acknowledged)) this.#work.push(this.#send(device, message));
  }

  async #write({ handle, device, threads }: { handle: string; device: Device; threads: readonly string[] }, lane: number): Promise<void> {
    for (let n = 0; !this.#ended && device.socket.connected; n++) {
      const name = `r${this.round}-${handle}-${lane}-${n}`;
      const message: Sent = { by: handle, threadId: threads[n % threads.length] as string, text: name, clientId: `crash-${name}`, acknowledged: false };
      this.sent.push(message);
      await this.#send(device, message);
    }
  }

  async #send(device: Device, message: Sent): Promise<void> {
    const { threadId, text, clientId } = message;
    await device.mutate("message.send", { threadId, text, clientId }).then(
      () => {
        message.acknowledged = true;
      },
      () => {},
    );
  }
}

async function threadsOf(device: Device, handle: string): Promise<string[]> {
  const others = WRITERS.filter((other) => other !== handle);
  const sets = [...others.map((other) => [other]), others];
  const started = [];
  for (const people of sets)
    started.push(await device.mutate<{ thread: { id: string } }>("thread.start", { people, maker: `crash-start-${people.join("-")}` }));
  return started.map(({ thread }) => thread.id);
}
