import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { FlowdeckError } from "../contract/index.ts";
import type { Command } from "../tools/index.ts";
import { backoffMs, pause } from "./pause.ts";
import { writePinnedKubeconfig } from "./pinned-kubeconfig.ts";

export interface PortForwardOptions {
  /** kubectl, as electron/tools finds it; undefined where there is none. */
  kubectl: Command | undefined;
  namespace: string;
  /** "service/istio-ingressgateway", "pod/x" or "deployment/x", as kubectl takes it. */
  target: string;
  /** Port of the Service or pod. */
  port: number;
  /** Port on 127.0.0.1; a free one when not given. Kept over restarts. */
  localPort?: number;
  /** Aborting ends the forward, as `close` does. */
  signal?: AbortSignal;
  /** When it broke and is made anew, and when it works again. */
  onState?: (state: "ready" | "restarting", why?: string) => void;
}

export interface PortForward {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

interface Source {
  /** Content of a kubeconfig for the context alone. */
  kubeconfig: string;
  environment: NodeJS.ProcessEnv;
}

/** kubectl waits up to a minute for the pod to run. */
const longestStartMs = 75_000;

/**
 * Forwards a port through a child process of kubectl, which is made anew when it dies. (The client library's port-forward
 * speaks a protocol that simulated kubelets do not answer.) Resolves once the port accepts connections.
 * Throws `tool-missing`, `busy` (local port taken), `object-not-found`, `tool-failed`.
 */
export async function startPortForward(source: Source, options: PortForwardOptions): Promise<PortForward> {
  const { kubectl } = options;
  if (kubectl === undefined) {
    throw new FlowdeckError(
      "tool-missing",
      "Opening a port into the cluster needs kubectl, which is not on this machine.",
      {
        detail:
          "Install kubectl (https://kubernetes.io/docs/tasks/tools/) so that it is on PATH, or start a practice cluster once: its toolbox brings one.",
      },
    );
  }
  const forward = new Forward(source, options, kubectl);
  await forward.start();
  return forward;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

class Forward implements PortForward {
  readonly #source: Source;
  readonly #options: PortForwardOptions;
  readonly #kubectl: Command;
  readonly #ended = new AbortController();
  readonly #signal: AbortSignal;
  #port: number | undefined;
  #child: Child | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(source: Source, options: PortForwardOptions, kubectl: Command) {
    this.#source = source;
    this.#options = options;
    this.#kubectl = kubectl;
    this.#port = options.localPort;
    this.#signal =
      options.signal === undefined ? this.#ended.signal : AbortSignal.any([options.signal, this.#ended.signal]);
  }

  get port(): number {
    return this.#port ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#signal.addEventListener("abort", () => this.#child?.kill(), { once: true });
    const died = await this.#launch();
    this.#running = this.#keepUp(died);
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  /** Starts kubectl; resolves when the port is open with a promise of its end, in words. */
  async #launch(): Promise<{ died: Promise<string> }> {
    const kubeconfig = await writePinnedKubeconfig(this.#source.kubeconfig);
    try {
      this.#signal.throwIfAborted();
      const child = this.#spawn(kubeconfig.file);
      this.#child = child;
      const ending = new Ending(child);
      const port = await listening(child, ending, this.#signal);
      this.#port = port;
      return { died: ending.words };
    } catch (error) {
      this.#child?.kill();
      throw this.#signal.aborted ? this.#signal.reason : this.#explain(error);
    } finally {
      // kubectl has read it by now: credentials stay on disk for no longer than that.
      await kubeconfig.remove();
    }
  }

  #spawn(kubeconfig: string): Child {
    const { namespace, target, port } = this.#options;
    const args = [
      ...this.#kubectl.args,
      "port-forward",
      `--kubeconfig=${kubeconfig}`,
      `--namespace=${namespace}`,
      "--address=127.0.0.1",
      "--",
      target,
      `${this.#port ?? ""}:${port}`,
    ];
    return spawn(this.#kubectl.file, args, {
      // The toolbox's kubectl ends when its standard input does, so also when this process is killed.
      env: { ...this.#source.environment, FLOWDECK_LIFELINE: "stdin" },
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
  }

  async #keepUp(first: { died: Promise<string> }): Promise<void> {
    let current: { died: Promise<string> } | undefined = first;
    let failures = 0;
    while (!this.#signal.aborted) {
      if (current !== undefined) {
        const began = Date.now();
        const why = await current.died;
        current = undefined;
        if (this.#signal.aborted) return;
        if (Date.now() - began > 10_000) failures = 0;
        this.#options.onState?.("restarting", why);
      }
      try {
        await pause(backoffMs(failures++, 200, 5_000), this.#signal);
        current = await this.#launch();
        this.#options.onState?.("ready");
      } catch (error) {
        if (this.#signal.aborted) break;
        this.#options.onState?.("restarting", error instanceof Error ? error.message : String(error));
      }
    }
    await current?.died;
  }

  #explain(error: unknown): FlowdeckError {
    if (error instanceof FlowdeckError) return error;
    const said = error instanceof Error ? error.message : String(error);
    const { namespace, target, localPort } = this.#options;
    const more = said === "" ? {} : { detail: said };
    if (/address already in use|Only one usage of each socket address/i.test(said)) {
      return new FlowdeckError(
        "busy",
        `Port ${localPort ?? this.#port} of this machine is in use by another program.`,
        more,
      );
    }
    if (/\bNotFound\b|not found/.test(said)) {
      return new FlowdeckError("object-not-found", `There is no ${target} in namespace ${namespace}.`, more);
    }
    return new FlowdeckError(
      "tool-failed",
      `kubectl could not open a port to ${target} in namespace ${namespace}.`,
      more,
    );
  }
}

/** How a child ended: a promise that never rejects. */
class Ending {
  readonly words: Promise<string>;

  constructor(child: Child) {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      said = (said + chunk).slice(-2000);
    });
    this.words = new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(said.trim() || `kubectl ended (${signal ?? `code ${code}`})`));
    });
  }
}

/** The port that kubectl says it listens on; it says so only once it does. */
async function listening(child: Child, ending: Ending, signal: AbortSignal): Promise<number> {
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(longestStartMs)]);
  let said = "";
  const opened = new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      // Later lines ("Handling connection for …") are read, too, so that the pipe never fills.
      if (said.length < 4000) said += chunk;
      const match = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said);
      if (match !== null) resolve(Number(match[1]));
    });
    timeout.addEventListener("abort", () => reject(new Error("No answer from kubectl in time.")), { once: true });
  });
  const ended = ending.words.then((words) => {
    throw new Error(words);
  });
  // Whichever loses is no longer of interest.
  opened.catch(() => undefined);
  ended.catch(() => undefined);
  return await Promise.race([opened, ended]);
}
