import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import PQueue from "p-queue";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { parseJson } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { exactTags } from "../../../common/yaml/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { Command, ToolProgress, Tools } from "../../tools/index.ts";
import { checkFolders } from "./check-folders.ts";
import { buildLimits, type ChildLimits, limitChild } from "./child-limits.ts";

/** What builds kustomize folders, found once for a whole preparation. */
export interface Builder {
  kind: "toolbox" | "kustomize";
  command: Command;
  /** Changes whenever the program does; part of the key of what it built. */
  version: string;
}

/** One kustomize folder to build. */
export interface BuildFolder {
  /** Unique, and fit for a file name. */
  id: string;
  /** Absolute. */
  path: string;
  /** As the release names it, for messages. */
  title: string;
}

export interface BuildOptions {
  tools: Pick<Tools, "environment">;
  /** A folder that only this build uses; for what the builder writes. */
  scratch: string;
  signal?: AbortSignal | undefined;
  /** What a builder may take; for tests. */
  limits?: ChildLimits;
  /** Called once for each folder that is ready, with its objects. */
  onBuilt: (folder: BuildFolder, objects: KubeObject[]) => Promise<void> | void;
}

const kubeObject = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({ name: z.string().min(1), namespace: z.string().optional() }),
});
const objectList = z.array(kubeObject);
const renderLine = z.looseObject({ id: z.string(), error: z.string().optional() });

/** Checks that it is a list of Kubernetes objects; the objects stay exactly as they came. */
export function asObjects(value: unknown, title: string): KubeObject[] {
  const parsed = objectList.safeParse(value);
  if (parsed.success) return value as KubeObject[];
  const issue = parsed.error.issues[0];
  throw new FlowdeckError(
    "build-failed",
    message("render.noObject", { name: title, where: issue?.path.join(".") ?? "" }),
  );
}

const run = promisify(execFile);

/** What a builder may write for one folder; the biggest of 26.03 is some 4 MB. */
const maxOutputBytes = 256 * 1024 ** 2;

/**
 * The toolbox where it is ready; else kustomize 5 or a kubectl that has it; else the toolbox after building it.
 * Throws what {@link Tools.toolbox} throws when there is none of them.
 */
export async function findBuilder(
  tools: Tools,
  options: { signal?: AbortSignal | undefined; onProgress?: (progress: ToolProgress) => void } = {},
): Promise<Builder> {
  if ((await tools.toolboxState()) !== "ready") {
    const found = await findKustomize(tools);
    if (found !== undefined) return found;
  }
  const command = await tools.toolbox("render", {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  return { kind: "toolbox", command, version: await fileVersion(command.file) };
}

async function findKustomize(tools: Tools): Promise<Builder | undefined> {
  const kustomize = await tools.find("kustomize");
  if (kustomize !== undefined) {
    const command = { file: kustomize.file, args: [...kustomize.args, "build"] };
    return { kind: "kustomize", command, version: await fileVersion(kustomize.file) };
  }
  const kubectl = await tools.find("kubectl");
  if (kubectl === undefined || !(await hasKustomize5(kubectl, tools))) return undefined;
  const command = { file: kubectl.file, args: [...kubectl.args, "kustomize"] };
  return { kind: "kustomize", command, version: await fileVersion(kubectl.file) };
}

const clientVersion = z.looseObject({ kustomizeVersion: z.string() });

async function hasKustomize5(kubectl: Command, tools: Tools): Promise<boolean> {
  try {
    const { stdout } = await run(kubectl.file, [...kubectl.args, "version", "--client", "-o", "json"], {
      env: tools.environment(),
      timeout: 10_000,
    });
    const major = /^v(\d+)\./.exec(clientVersion.parse(JSON.parse(stdout)).kustomizeVersion)?.[1];
    return Number(major) >= 5;
  } catch {
    return false; // a kubectl that cannot even say its version is not used
  }
}

/**
 * Stands for a program's content without reading its hundred megabytes: its size, and its beginning, where Go's linker
 * writes an id made from everything that went into it. (Times do not serve: a program that is used is touched.)
 */
async function fileVersion(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    return `${size}:${createHash("sha256").update(buffer.subarray(0, bytesRead)).digest("hex")}`;
  } finally {
    await handle.close();
  }
}

/**
 * Builds all folders, once they are seen to need nothing from elsewhere. The first failure ends the others; cancelling
 * kills the children, and so does a limit of time or memory. Throws `build-failed`.
 */
export async function buildFolders(
  builder: Builder,
  folders: readonly BuildFolder[],
  options: BuildOptions,
): Promise<void> {
  if (folders.length === 0) return;
  await checkFolders(folders, options.signal);
  if (builder.kind === "toolbox") return renderTogether(builder.command, folders, options);
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const queue = new PQueue({ concurrency: 2 });
  try {
    await Promise.all(
      folders.map((folder) =>
        queue.add(async () => {
          signal.throwIfAborted();
          await options.onBuilt(folder, await buildOne(builder.command, folder, options, signal));
        }),
      ),
    );
  } catch (error) {
    stop.abort();
    await queue.onIdle();
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function buildOne(command: Command, folder: BuildFolder, options: BuildOptions, signal: AbortSignal) {
  const running = run(command.file, [...command.args, folder.path], {
    // Nothing is left that names something remote; git and proxies would refuse it all the same.
    env: { ...options.tools.environment(), GIT_ALLOW_PROTOCOL: "none" },
    maxBuffer: maxOutputBytes,
    signal,
  });
  const limit = limitChild(running.child, options.limits ?? buildLimits);
  try {
    const { stdout } = await running;
    return asObjects(parseYaml(stdout, folder.title), folder.title);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FlowdeckError) throw error;
    const words = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw buildFailed(folder.title, limit.exceeded() ?? words);
  } finally {
    limit.stop();
  }
}

function parseYaml(text: string, title: string): unknown[] {
  const documents = parseAllDocuments(text, { ...exactTags, uniqueKeys: false });
  if (!Array.isArray(documents)) return [];
  return documents
    .map((document) => {
      if (document.errors[0] !== undefined) throw buildFailed(title, document.errors[0].message);
      return document.toJS({ maxAliasCount: 1000 });
    })
    .filter((value) => value !== null);
}

function buildFailed(title: string, words: string | Message): FlowdeckError {
  const said = message("render.failed", { name: title });
  if (typeof words !== "string") return new FlowdeckError("build-failed", said, { advice: words });
  const lines = words.split("\n").filter((line) => line.trim() !== "" && !/^# Warning/.test(line));
  return new FlowdeckError("build-failed", said, {
    detail: lines.slice(-8).join("\n"),
  });
}

/** One process builds all folders with kustomize's library: `flowdeck-toolbox render`. */
async function renderTogether(command: Command, folders: readonly BuildFolder[], options: BuildOptions): Promise<void> {
  const out = join(options.scratch, "out");
  await mkdir(out, { recursive: true });
  const child = spawn(command.file, [...command.args], {
    env: options.tools.environment(),
    stdio: ["pipe", "pipe", "pipe"],
    ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: "SIGKILL" as const }),
  });
  const limit = limitChild(child, options.limits ?? buildLimits);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // Someone must look at it even if reading the results fails first.
  ended.catch(() => undefined);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-8000);
  });
  child.stdin.on("error", (error) => {
    stderr += `\n${error.message}`;
  });
  child.stdin.end(
    JSON.stringify({ folders: folders.map(({ id, path }) => ({ id, path })), out, workers: availableParallelism() }),
  );
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.trim() === "") continue;
      const result = renderLine.safeParse(readJson(line));
      const folder = result.success ? byId.get(result.data.id) : undefined;
      if (folder === undefined || !result.success) continue;
      if (result.data.error !== undefined && result.data.error !== "")
        throw buildFailed(folder.title, result.data.error);
      const file = join(out, `${folder.id}.json`);
      if ((await stat(file)).size > maxOutputBytes)
        throw buildFailed(folder.title, message("render.tooMuchOutput", { megabytes: maxOutputBytes / 1024 ** 2 }));
      const objects = asObjects(readJson(await readFile(file, "utf8")), folder.title);
      byId.delete(folder.id);
      await options.onBuilt(folder, objects);
    }
    const code = await ended;
    const [missing] = byId.values();
    if (missing !== undefined)
      throw buildFailed(
        missing.title,
        limit.exceeded() ?? (stderr === "" ? message("render.ended", { code: String(code) }) : stderr),
      );
  } catch (error) {
    child.kill("SIGKILL");
    await ended.catch(() => undefined);
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    limit.stop();
  }
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined; // not ours; what is missing at the end is reported
  }
}
