import type {
  InspectedImage,
  MirroredImage,
  MirrorProgress,
  RegistryCredentials,
  RegistryLimit,
} from "../../common/contract/index.ts";
import { at, list, number, text } from "../../common/json/index.ts";
import { parseImage, prefixedImage } from "../../common/kube/index.ts";
import type { Tools } from "../tools/index.ts";
import { appErrorOf, problemOf } from "./problem.ts";
import { accessOf, runImages } from "./run-images.ts";

type ImageTools = Pick<Tools, "toolbox" | "environment">;

/** A page needs no more often than this how far it is. */
const everyMs = 200;

/** Signs in as a client does. @throws FlowdeckError why that failed. */
export async function signIn(
  tools: ImageTools,
  credentials: RegistryCredentials,
  signal: AbortSignal,
): Promise<{ challenge: string }> {
  const { host } = credentials;
  let challenge = "none";
  for await (const event of runImages(tools, "check", { host, ...accessOf([credentials]) }, signal)) {
    if (event.event !== "check") continue;
    const problem = problemOf(event, host);
    if (problem !== undefined) throw problem;
    challenge = text(event.challenge) ?? challenge;
  }
  return { challenge };
}

/** Whether images answer, told as they do. */
export async function* inspectImages(
  tools: ImageTools,
  { images, head, credentials }: { images: readonly string[]; head: boolean; credentials: RegistryCredentials[] },
  signal: AbortSignal,
) {
  const found: InspectedImage[] = [];
  const limits = new Limits();
  const told = (state: "running" | "done") => ({ state, limits: limits.all(), images: [...found] });
  let last = Date.now();
  yield told("running");
  for await (const event of runImages(tools, "inspect", { images, head, ...accessOf(credentials) }, signal)) {
    limits.note(event);
    if (event.event === "image") found.push(inspected(event));
    if (Date.now() - last < everyMs) continue;
    last = Date.now();
    yield told("running");
  }
  yield told("done");
}

function inspected(event: Record<string, unknown>): InspectedImage {
  const image = text(event.image) ?? "";
  const digest = text(event.digest);
  const problem = appErrorOf(event, hostOf(image));
  return {
    image,
    platforms: list(event.platforms).map((one) => ({
      platform: text(at(one, "platform")) ?? "unknown",
      size: number(at(one, "size")) ?? 0,
    })),
    ...(digest === undefined ? {} : { digest }),
    ...(problem === undefined ? {} : { problem }),
  };
}

export interface MirrorInput {
  images: readonly string[];
  prefix: string;
  platforms: readonly string[];
  credentials: RegistryCredentials[];
}

/** Copies images below a prefix, by the rule that the installation uses. */
export async function* mirrorImages(
  tools: ImageTools,
  { images, prefix, platforms, credentials }: MirrorInput,
  signal: AbortSignal,
): AsyncGenerator<MirrorProgress, void, void> {
  const pairs = images.map((from) => ({ from, to: prefixedImage(from, prefix) })).filter(({ from, to }) => from !== to);
  const rows = new Map<string, MirroredImage>(
    pairs.map((pair) => [pair.from, { ...pair, state: "waiting", done: 0, total: 0 }]),
  );
  const limits = new Limits();
  let summary: MirrorProgress["summary"];
  const told = (state: MirrorProgress["state"]): MirrorProgress => ({
    ...{ state, limits: limits.all(), images: [...rows.values()] },
    ...(summary === undefined ? {} : { summary }),
  });
  let last = Date.now();
  yield told("running");
  for await (const event of runImages(
    tools,
    "mirror",
    { images: pairs, platforms, ...accessOf(credentials) },
    signal,
  )) {
    limits.note(event);
    note(rows, event);
    if (event.event === "summary") {
      const count = (key: string) => number(event[key]) ?? 0;
      summary = {
        blobsSent: count("blobsSent"),
        blobsPresent: count("blobsPresent"),
        bytesSent: count("bytesSent"),
      };
    }
    if (Date.now() - last < everyMs) continue;
    last = Date.now();
    yield told("running");
  }
  yield told("done");
}

function note(rows: Map<string, MirroredImage>, event: Record<string, unknown>): void {
  const row = rows.get(text(event.from) ?? "");
  if (row === undefined) return;
  if (event.event === "progress") {
    rows.set(row.from, { ...row, done: number(event.done) ?? 0, total: number(event.total) ?? 0 });
  } else if (event.event === "image") {
    const state = text(event.state);
    const problem = appErrorOf(event, hostOf(row.from));
    if (state === "started" || state === "copied" || state === "present" || state === "failed")
      rows.set(row.from, { ...row, state, ...(problem === undefined ? {} : { problem }) });
  }
}

class Limits {
  readonly #byHost = new Map<string, RegistryLimit>();

  note(event: Record<string, unknown>): void {
    const host = text(event.host);
    if (host === undefined) return;
    const before = this.#byHost.get(host) ?? { host };
    const until = text(event.until);
    if (event.event === "waiting" && until !== undefined) this.#byHost.set(host, { ...before, until });
    const [limit, remaining] = [number(event.limit), number(event.remaining)];
    if (event.event === "limit" && limit !== undefined && remaining !== undefined)
      this.#byHost.set(host, { ...before, limit, remaining });
  }

  all(): RegistryLimit[] {
    return [...this.#byHost.values()];
  }
}

function hostOf(image: string): string {
  return parseImage(image)?.registry ?? image;
}
