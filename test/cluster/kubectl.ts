import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Tools } from "../../electron/tools/index.ts";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The toolbox's kubectl, for one kubeconfig. */
export class Kubectl {
  readonly #tools: Tools;
  readonly #kubeconfig: () => string;

  constructor(tools: Tools, kubeconfig: () => string) {
    this.#tools = tools;
    this.#kubeconfig = kubeconfig;
  }

  async spawn(args: string[]): Promise<ChildProcess> {
    const { file, args: first } = await this.#tools.toolbox("kubectl");
    return spawn(file, [...first, "--kubeconfig", this.#kubeconfig(), ...args], { env: this.#tools.environment() });
  }

  async run(args: string[], input = ""): Promise<Ended> {
    const child = await this.spawn(args);
    const ended = { stdout: "", stderr: "" };
    child.stdout?.on("data", (chunk: Buffer) => {
      ended.stdout += chunk.toString();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      ended.stderr += chunk.toString();
    });
    child.stdin?.end(input);
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ ...ended, code }));
    });
  }

  /** What it writes; throws its words when it fails. */
  async text(...args: string[]): Promise<string> {
    const ended = await this.run(args);
    if (ended.code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${ended.stderr}`);
    return ended.stdout;
  }

  async apply(...objects: object[]): Promise<void> {
    const ended = await this.run(
      ["apply", "-f", "-"],
      JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }),
    );
    if (ended.code !== 0) throw new Error(`kubectl apply: ${ended.stderr}`);
  }

  wait(what: string, condition: string, ...more: string[]): Promise<string> {
    return this.text("wait", what, `--for=${condition}`, "--timeout=60s", ...more);
  }
}

/** Repeats a look until it gives something; throws after `within` ms with the last reason. */
export async function eventually<T>(look: () => Promise<T | undefined>, within = 20_000): Promise<T> {
  let last: unknown = new Error("It never came.");
  for (const until = Date.now() + within; Date.now() < until; await sleep(100)) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
