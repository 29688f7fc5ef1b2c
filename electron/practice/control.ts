import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { z } from "zod";
import { FlowdeckError, podReadyMs, practiceFault, practiceSteps } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";

/** control.json, written by the supervisor; readable by its owner only. */
const controlFile = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().min(1).max(65_535),
  token: z.string().min(1),
  version: z.string(),
});
export type ControlFile = z.infer<typeof controlFile>;

const supervisorStatus = z.object({
  state: z.enum(["starting", "running", "stopping", "failed"]),
  step: z.enum(practiceSteps),
  fraction: z.number(),
  nodes: z.number(),
  podReadyMs,
  faults: z.array(practiceFault),
  kubeconfig: z.string(),
  server: z.string(),
  version: z.string(),
  startedAt: z.string(),
  owner: z.enum(["app", "cli"]),
  error: z.object({ code: z.string(), message: z.string(), detail: z.string().optional() }).optional(),
});
export type SupervisorStatus = z.infer<typeof supervisorStatus>;

const refusal = z.object({ error: z.object({ message: z.string() }) });

const answerWithin = 5_000;
/** Faults and settings wait for the cluster to follow. */
const changeWithin = 60_000;

/** The supervisor's control address. Its calls throw `practice-failed`, or what `fetch` throws when nobody is there. */
export class Control {
  readonly pid: number;
  readonly #file: ControlFile;

  constructor(file: ControlFile) {
    this.#file = file;
    this.pid = file.pid;
  }

  status(): Promise<SupervisorStatus> {
    return this.#call("GET", "/status", undefined, answerWithin);
  }

  stop(): Promise<SupervisorStatus> {
    return this.#call("POST", "/stop", undefined, answerWithin);
  }

  change(path: "/settings" | "/faults", body: unknown): Promise<SupervisorStatus> {
    return this.#call("PUT", path, body, changeWithin);
  }

  /** The status now and after every change, until the supervisor ends. */
  async *events(signal: AbortSignal): AsyncGenerator<SupervisorStatus> {
    const response = await this.#fetch("GET", "/events", undefined, signal);
    if (response.body === null) return;
    for await (const line of createInterface({ input: Readable.fromWeb(response.body) })) {
      yield supervisorStatus.parse(JSON.parse(line));
    }
  }

  async #call(method: string, path: string, body: unknown, within: number): Promise<SupervisorStatus> {
    const response = await this.#fetch(method, path, body, AbortSignal.timeout(within));
    const answer: unknown = await response.json();
    if (response.ok) return supervisorStatus.parse(answer);
    const refused = refusal.safeParse(answer);
    throw new FlowdeckError(
      "practice-failed",
      refused.success
        ? message("practice.refusedBecause", { words: refused.data.error.message })
        : message("practice.refused"),
    );
  }

  #fetch(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.#file.port}${path}`, {
      method,
      signal,
      headers: { authorization: `Bearer ${this.#file.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/**
 * The supervisor that control.json tells of, with its status; undefined when there is none or it has ended (a killed
 * one leaves its file behind).
 */
export async function findSupervisor(
  file: string,
): Promise<{ control: Control; status: SupervisorStatus } | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined); // no file: nothing runs
  const parsed = controlFile.safeParse(text === undefined ? undefined : parseJson(text));
  if (!parsed.success) return undefined;
  const control = new Control(parsed.data);
  try {
    return { control, status: await control.status() };
  } catch {
    return undefined; // nobody answers there, or somebody who does not know the token
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no control file then
  }
}
