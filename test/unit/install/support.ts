import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { afterEach, describe, expect } from "vitest";
import { type ErrorCode, FlowdeckError, type InstallSettings } from "../../../common/contract/index.ts";
import { textOf } from "../../../common/words/index.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";

export const assetsDir = fileURLToPath(new URL("../../../assets", import.meta.url));
const mirrorDir = fileURLToPath(new URL("../../../../shared/kubeflow", import.meta.url));

/** The mirror of Kubeflow's sources beside the project, where there is one. */
export const sharedMirror = existsSync(join(mirrorDir, "sources.json")) ? mirrorDir : undefined;

/** `describe` for what needs the mirror; skipped with the reason where it is missing. */
export function describeWithMirror(name: string, body: (mirror: string) => void): void {
  if (sharedMirror === undefined) describe.skip(`${name} (no ../shared/kubeflow here)`, () => body(mirrorDir));
  else describe(name, () => body(sharedMirror));
}

/** Makes folders that are removed after each test. */
export function temporaryFolders(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), "flowdeck-unit-"));
    made.push(folder);
    return folder;
  };
}

export type TarEntry = Partial<Header> & { name: string; content?: string };

/** A tar.gz with exactly these entries, however odd. */
export async function tarGz(entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content, ...header } of entries) {
    if (content === undefined) tar.entry({ size: 0, ...header }, "");
    else tar.entry({ ...header, size: Buffer.byteLength(content) }, content);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

/** What an error says below its sentence: advice in English, then others' own words. */
export function below({ advice, detail }: FlowdeckError): string {
  return [...advice.map((one) => textOf(one, "en")), ...(detail === undefined ? [] : [detail])].join("\n");
}

/** Runs a task that must fail with this code, and gives its error. */
export async function failure(code: ErrorCode, task: Promise<unknown> | (() => unknown)): Promise<FlowdeckError> {
  let thrown: unknown;
  try {
    await (typeof task === "function" ? task() : task);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(FlowdeckError);
  if (!(thrown instanceof FlowdeckError)) throw new Error("it did not fail");
  expect(thrown.code).toBe(code);
  return thrown;
}

export function object(kind: string, name: string, rest: Record<string, unknown> = {}, namespace?: string): KubeObject {
  return { apiVersion: "v1", kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...rest };
}

export function settings(change: Partial<InstallSettings> = {}): InstallSettings {
  return {
    version: 1,
    name: "my-kubeflow",
    baseDir: "/base",
    release: "26.03",
    platform: "practice",
    auth: "dex",
    email: "ann@corp.example",
    userNamespace: "ann",
    components: [],
    images: {},
    ...change,
  };
}
