import type { Page, WebSocketRoute } from "@playwright/test";

/** Engine.IO's "message" and Socket.IO's CONNECT, in one frame. */
const SOCKET_IO_CONNECT = "40";

/** The page's socket in the hands of a test: what the server says can be held back, and the connection cut. Make it before the page is opened. */
export class Wire {
  #held: (() => void)[] | undefined;
  #cut = false;
  readonly #open = new Set<() => Promise<void>>();
  #greeted: () => void = () => {};
  readonly #connected = new Promise<void>((resolve) => {
    this.#greeted = resolve;
  });

  private constructor(private readonly page: Page) {}

  static async of(page: Page): Promise<Wire> {
    const wire = new Wire(page);
    await page.routeWebSocket(/\/api\/socket\//, (socket) => wire.#through(socket));
    return wire;
  }

  /** From now on the page hears nothing from the server, though the server hears the page. */
  hold(): void {
    this.#held ??= [];
  }

  /** What was held back arrives, in order. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const say of held) say();
  }

  /** No way to the server at all, as in a tunnel. What was on its way in is lost. There has to have been a way before. */
  async cut(): Promise<void> {
    await this.#connected;
    this.#cut = true;
    await this.page.context().setOffline(true);
    await Promise.all([...this.#open].map((close) => close()));
  }

  async mend(): Promise<void> {
    this.#cut = false;
    await this.page.context().setOffline(false);
  }

  #through(socket: WebSocketRoute): void {
    const server = socket.connectToServer(); // while the wire is cut, the browser itself refuses to
    const close = async () => {
      this.#open.delete(close);
      await Promise.all([socket.close({ code: 4000 }), server.close({ code: 4000 })]);
    };
    this.#open.add(close);
    socket.onMessage((message) => this.#cut || server.send(message));
    server.onMessage((message) => {
      if (String(message).startsWith(SOCKET_IO_CONNECT)) this.#greeted();
      const say = () => this.#cut || socket.send(message);
      if (this.#held) this.#held.push(say);
      else say();
    });
  }
}
