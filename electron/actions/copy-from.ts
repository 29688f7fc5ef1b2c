import { type ExtractEvents, extract, type Header, type Pack, pack } from "tar-stream";
import { FlowdeckError, type StreamItem } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { type PodProcess, startInPod } from "../exec/index.ts";
import { asArgument, copyName, insidePath, tarPrefix } from "./tar-paths.ts";
import { named, type PodContainer, placeOf } from "./targets.ts";

type Entry = ExtractEvents["entry"][1];
type Item = StreamItem<"copy.from">;
type Skipped = Extract<Item, { type: "end" }>["skipped"][number];

const chunkBytes = 256 << 10;
/** A list of what was left out is to be read by a person. */
const mostSkipped = 200;

/** A file or folder of a container, read by its tar as kubectl cp does; a folder comes as a clean archive. */
export async function* copyFrom(
  client: ClusterClient,
  place: PodContainer,
  path: string,
  caller: AbortSignal,
): AsyncGenerator<Item, void, void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([caller, stop.signal]);
  const command = ["tar", "cf", "-", asArgument(path)];
  const process = await startInPod(client, { ...placeOf(place), command, stdin: false, signal });
  const archive = extract();
  process.stdout.on("error", (error) => archive.destroy(error));
  process.stdout.pipe(archive);
  try {
    const entries = archive[Symbol.asyncIterator]();
    const first = await firstEntry(entries, process);
    if (first === undefined) throw await whyNothing(process, place, path);
    const prefix = tarPrefix(path);
    if (insidePath(prefix, first.header.name) === "" && first.header.type !== "directory") {
      yield* oneFile(first, path);
      // The archive's end is read too, or its sender would wait for ever.
      for (let rest = await entries.next(); !rest.done; rest = await entries.next()) rest.value.resume();
    } else {
      yield* folder(first, entries, path, prefix);
    }
    const end = await process.ended;
    if (end.code !== 0) throw tarFailed(end, place, path);
  } finally {
    stop.abort();
    archive.destroy(null);
  }
}

async function firstEntry(entries: AsyncIterator<Entry>, process: PodProcess): Promise<Entry | undefined> {
  try {
    const { value, done } = await entries.next();
    return done ? undefined : value;
  } catch (error) {
    // An archive that breaks off before its first entry: the program says why.
    const end = await process.ended;
    if (end.code === 0) throw error;
    return undefined;
  }
}

async function* oneFile(entry: Entry, path: string): AsyncGenerator<Item, void, void> {
  const { type, size, linkname } = entry.header;
  if (type === "symlink" || type === "link") {
    throw new FlowdeckError("invalid-input", message("copy.isLink", { path, target: String(linkname) }));
  }
  if (!isFile(type)) throw new FlowdeckError("invalid-input", message("copy.notFile", { path }));
  yield { type: "start", name: copyName(path), as: "file", bytes: size };
  let bytes = 0;
  for await (const chunk of entry) {
    const data = chunk as Buffer;
    bytes += data.length;
    for (let from = 0; from < data.length; from += chunkBytes) {
      yield { type: "data", base64: data.subarray(from, from + chunkBytes).toString("base64") };
    }
  }
  yield { type: "end", bytes, files: 1, skipped: [] };
}

async function* folder(
  first: Entry,
  rest: AsyncIterator<Entry>,
  path: string,
  prefix: string,
): AsyncGenerator<Item, void, void> {
  const name = copyName(path);
  yield { type: "start", name: `${name}.tar`, as: "tar" };
  const out = pack();
  const counts = { files: 0, bytes: 0 };
  const skipped: Skipped[] = [];
  const filled = (async () => {
    for (let entry: Entry | undefined = first; entry !== undefined; entry = (await rest.next()).value) {
      const { header } = entry;
      const inside = insidePath(prefix, header.name);
      const reason = inside === undefined ? "outside" : refused(header.type);
      if (reason !== undefined) {
        if (skipped.length < mostSkipped) skipped.push({ path: header.name, reason });
        entry.resume();
        continue;
      }
      await repack(out, entry, inside ? `${name}/${inside}` : name);
      if (header.type !== "directory") counts.files++;
      counts.bytes += header.size;
    }
    out.finalize();
  })();
  filled.catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of out) {
    waiting.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size < chunkBytes) continue;
    yield { type: "data", base64: Buffer.concat(waiting).toString("base64") };
    waiting = [];
    size = 0;
  }
  await filled;
  if (size > 0) yield { type: "data", base64: Buffer.concat(waiting).toString("base64") };
  yield { type: "end", ...counts, skipped };
}

/** Copies one entry with nothing but its name, size, time and mode: owners and links of a container mean nothing here. */
function repack(out: Pack, entry: Entry, name: string): Promise<void> {
  const { type, size, mtime, mode } = entry.header;
  const header = {
    name,
    type: type === "directory" ? ("directory" as const) : ("file" as const),
    size: type === "directory" ? 0 : size,
    mtime,
    // Without set-user-ID and the like.
    mode: mode & 0o777,
  };
  return new Promise((resolve, reject) => {
    const sink = out.entry(header, (error) => (error ? reject(error) : resolve()));
    if (type === "directory") {
      entry.resume();
      sink.end(null);
      return;
    }
    entry.on("error", reject);
    entry.pipe(sink);
  });
}

function isFile(type: Header["type"]): boolean {
  return type === "file" || type === "contiguous-file";
}

function refused(type: Header["type"]): Skipped["reason"] | undefined {
  if (type === "directory" || isFile(type)) return undefined;
  return type === "symlink" || type === "link" ? "link" : "special";
}

async function whyNothing(process: PodProcess, place: PodContainer, path: string): Promise<FlowdeckError> {
  const end = await process.ended;
  return end.code === 0
    ? new FlowdeckError("server-error", message("copy.nothing", { container: place.container, path }))
    : tarFailed(end, place, path);
}

/** What went wrong with a container's tar, in words. Without a code it was not heard how it ended. */
export function tarFailed(
  { code, stderr }: { code: number | undefined; stderr: string },
  { target, container }: PodContainer,
  path: string,
): FlowdeckError {
  const detail = stderr.trim();
  if (code === 126 || code === 127) {
    return new FlowdeckError(
      "tool-missing",
      message("copy.noTar", { container }),
      detail === "" ? { advice: message("copy.inObject", { object: named(target) }) } : { detail },
    );
  }
  const missing = /no such file or directory|cannot stat/i.test(detail);
  const where = { container, object: named(target) };
  if (missing) return new FlowdeckError("not-found", message("copy.missing", { ...where, path }), { detail });
  const said =
    code === undefined
      ? message("copy.tarFailed", where)
      : message("copy.tarFailedWith", { ...where, code: String(code) });
  return new FlowdeckError("tool-failed", said, { detail });
}
