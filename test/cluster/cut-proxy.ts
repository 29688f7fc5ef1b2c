import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy on 127.0.0.1 whose connections can be cut, as a network would. */
export class CutProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #silent = false;
  #held = false;
  /** Connections taken so far. */
  accepted = 0;

  private constructor(target: URL) {
    this.#server = createServer((client) => {
      this.accepted++;
      const upstream = connect(Number(target.port), target.hostname);
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        if (this.#held) socket.pause();
        socket.on("error", () => socket.destroy());
        socket.on("close", () => {
          this.#sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      client.pipe(upstream);
      upstream.on("data", (chunk) => {
        if (!this.#silent) client.write(chunk);
      });
    });
  }

  static async to(server: string): Promise<CutProxy> {
    const proxy = new CutProxy(new URL(server));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** Resets every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Nothing comes through any more, and nobody is told: what a sleep leaves behind. */
  silence(on: boolean): void {
    this.#silent = on;
  }

  /** Nothing is passed on, and nothing lost: a server that is stopped, until it goes on. */
  hold(on: boolean): void {
    this.#held = on;
    for (const socket of this.#sockets) {
      if (on) socket.pause();
      else socket.resume();
    }
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }
}
