import { join } from "node:path";
import { latest } from "../../common/async/index.ts";
import {
  FlowdeckError,
  type TerminalItem,
  type TerminalRequest,
  type TerminalSession,
  type TerminalSize,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Tools } from "../tools/index.ts";
import { startInContainer } from "./container-process.ts";
import { removeStaleFolders, startLocal, type TerminalInstallation } from "./local.ts";
import { takePod } from "./pods.ts";
import type { TerminalProcess } from "./process.ts";
import { ProgramTerminal } from "./program-terminal.ts";
import { Session } from "./session.ts";

export interface TerminalSessionsOptions {
  connections: ClusterConnections;
  tools: Tools;
  dataDir: string;
  version: string;
  /** An installation by its folder; undefined when the app knows none there. */
  installation: (kfDir: string) => Promise<TerminalInstallation | undefined>;
}

/** More at once would be a page gone wrong. */
const mostSessions = 64;

/** The terminal sessions of this app, in pods and on this machine: they live until closed, at most as long as the app. */
export class TerminalSessions {
  readonly #options: TerminalSessionsOptions;
  readonly #folder: string;
  readonly #sessions = new Map<string, Session>();
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  readonly #swept: Promise<void>;

  constructor(options: TerminalSessionsOptions) {
    this.#options = options;
    this.#folder = join(options.dataDir, "terminals");
    // At the start, as a kubeconfig with credentials may be among it.
    this.#swept = removeStaleFolders(this.#folder);
    this.#swept.catch(() => undefined); // whoever opens a terminal hears of it
  }

  /** See `terminal.open`. */
  async open(request: TerminalRequest, size: TerminalSize, signal: AbortSignal): Promise<TerminalSession> {
    this.#refuseMore();
    const session =
      request.kind === "local" ? await this.#local(request, size) : await this.#inPod(request, size, signal);
    const { id } = session.info;
    if (this.#closing.signal.aborted || signal.aborted) {
      await session.close();
      throw new FlowdeckError("cancelled", message("call.cancelled"));
    }
    this.#sessions.set(id, session);
    this.#changed();
    return session.info;
  }

  list(signal: AbortSignal): AsyncIterable<TerminalSession[]> {
    return latest({
      read: () => [...this.#sessions.values()].map(({ info }) => info),
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      everyMs: 50,
      signal,
    });
  }

  attach(id: string, from: number | undefined, signal: AbortSignal): AsyncIterable<TerminalItem> {
    return this.#get(id).attach(from, signal);
  }

  write(id: string, writer: string, order: number, data: Buffer): void {
    if (this.#get(id).write(writer, order, data)) return;
    throw new FlowdeckError("invalid-input", message("terminal.inputLost"));
  }

  resize(id: string, size: TerminalSize): void {
    this.#get(id).resize(size);
  }

  acknowledge(id: string, upTo: number): void {
    this.#get(id).acknowledge(upTo);
  }

  async closeSession(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    this.#changed();
    await session?.close();
  }

  /** Ends all of them, and removes what they had on disk. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#sessions.keys()].map((id) => this.closeSession(id)));
  }

  /** Opens a terminal for programs that the app runs. Throws `busy` where too many are open. */
  openProgram(title: string, size: TerminalSize): { id: string; terminal: ProgramTerminal } {
    this.#refuseMore();
    const session: Session = this.#session({ kind: "program", title, reads: true, tty: true, notices: [] }, size);
    const draw = (chunk: Buffer) => session.take(chunk);
    const terminal = new ProgramTerminal({ version: this.#options.version, size, draw });
    session.begin(terminal);
    this.#sessions.set(session.info.id, session);
    this.#changed();
    return { id: session.info.id, terminal };
  }

  #refuseMore(): void {
    if (this.#closing.signal.aborted) throw new FlowdeckError("cancelled", message("terminal.appEnding"));
    if (this.#sessions.size < mostSessions) return;
    throw new FlowdeckError("busy", message("terminal.tooMany", { count: mostSessions }), {
      advice: message("terminal.closeSome"),
    });
  }

  async #local(request: TerminalRequest & { kind: "local" }, size: TerminalSize): Promise<Session> {
    const { connections, tools, version, installation: find } = this.#options;
    await this.#swept;
    const { context, kfDir } = request;
    const installation = kfDir === undefined ? undefined : await find(kfDir);
    if (kfDir !== undefined && installation === undefined) {
      throw new FlowdeckError("not-found", message("terminal.notInstallation", { folder: kfDir }));
    }
    const early: Buffer[] = [];
    let session: Session | undefined;
    const local = await startLocal({
      ...{ connections, tools, version, folder: this.#folder, context, installation, size },
      onOutput: (chunk) => (session === undefined ? void early.push(chunk) : session.take(chunk)),
    });
    session = this.#session(
      {
        kind: "local",
        title: local.title,
        ...(context === undefined ? {} : { context }),
        ...(kfDir === undefined ? {} : { kfDir }),
        reads: true,
        tty: true,
        notices: local.notices,
      },
      size,
    );
    return begun(session, local.process, early);
  }

  async #inPod(
    request: TerminalRequest & { kind: "exec" | "attach" },
    size: TerminalSize,
    signal: AbortSignal,
  ): Promise<Session> {
    const { kind, target } = request;
    const client = await this.#options.connections.client(target.context);
    let handedOn = false;
    try {
      const place = await takePod(client, request, signal);
      const session = this.#session(
        {
          kind,
          title: place.pod,
          context: target.context,
          target: {
            ...{ context: target.context, group: "", version: "v1", plural: "pods", kind: "Pod" },
            ...{ namespace: place.namespace, name: place.pod, uid: place.uid },
          },
          container: place.container,
          ...(place.workload === undefined ? {} : { workload: place.workload }),
          reads: kind === "exec" || place.stdin,
          tty: kind === "exec" || place.tty,
          notices: [],
        },
        size,
      );
      handedOn = true;
      const process = await startInContainer({
        ...{ client, place, mode: kind, size },
        onOutput: (chunk) => session.take(chunk),
        onPodEnding: () => session.change({ notices: ["pod-ending"] }),
      });
      return begun(session, process, []);
    } finally {
      if (!handedOn) await client.close();
    }
  }

  #session(info: Omit<TerminalSession, "id">, size: TerminalSize): Session {
    return new Session({ ...info, id: crypto.randomUUID() }, size, () => this.#changed());
  }

  #get(id: string): Session {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new FlowdeckError("not-found", message("terminal.ended"));
    return session;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function begun(session: Session, process: TerminalProcess, early: readonly Buffer[]): Session {
  for (const chunk of early) session.take(chunk);
  session.begin(process);
  return session;
}
