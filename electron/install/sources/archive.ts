import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type ExtractEvents, extract, type Header } from "tar-stream";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { type BlobMode, blobId, type TreeEntry } from "./git-tree.ts";

export interface ArchiveLimits {
  /** Entries of any kind. */
  entries: number;
  /** Bytes of all files together, unpacked. */
  bytes: number;
  /** Characters of one path. */
  path: number;
}

export const archiveLimits: ArchiveLimits = { entries: 100_000, bytes: 1024 ** 3, path: 1024 };

export interface UnpackOptions {
  /** What it is called in messages. */
  name: string;
  /** Only this folder inside the archive's top folder is written, and becomes the root. */
  folder?: string | undefined;
  limits?: Partial<ArchiveLimits>;
  signal?: AbortSignal | undefined;
}

/** Raised when the bytes are no tar.gz at all; the caller knows what they should have been. */
export class DamagedArchive extends Error {
  override readonly name = "DamagedArchive";
}

type Source = ExtractEvents["entry"][1];

const writesAtOnce = 16;

/**
 * Unpacks a tar.gz as GitHub serves it (one top folder, which is taken off) into `target`, which must be empty and new.
 * Gives the files as git sees them, hashed from the very bytes that were written. Nothing is written outside `target`:
 * an entry that is absolute, has `..`, is a hard link, a device, a link that leads out, or comes to lie under a link,
 * ends it all with `archive-unsafe`, wherever in the archive it stands. Throws {@link DamagedArchive} on broken bytes.
 */
export async function unpackArchive(packed: Readable, target: string, options: UnpackOptions): Promise<TreeEntry[]> {
  const limits = { ...archiveLimits, ...options.limits };
  const unsafe = (because: Message) =>
    new FlowdeckError("archive-unsafe", message("source.refused", { name: options.name, because }), {
      advice: message("source.refusedAdvice"),
    });
  const reader = extract();
  const entries: TreeEntry[] = [];
  const links: { path: string; to: string }[] = [];
  const folders = new Set<string>();
  const writes = new Set<Promise<void>>();
  let writeFailure: unknown;
  let top: string | undefined;
  let count = 0;
  let bytes = 0;

  const write = async (path: string, content: Buffer, mode: BlobMode): Promise<void> => {
    const file = join(target, path);
    if (!folders.has(dirname(file))) {
      await mkdir(dirname(file), { recursive: true });
      folders.add(dirname(file));
    }
    // `wx`: a path that comes twice fails instead of replacing what was hashed before.
    await writeFile(file, content, { mode: mode === "100755" ? 0o755 : 0o644, flag: "wx" });
  };

  const take = async (entry: Source, header: Header): Promise<void> => {
    count += 1;
    if (count > limits.entries) throw unsafe(message("source.manyEntries", { most: String(limits.entries) }));
    const parts = safeParts(header, limits, unsafe);
    top ??= parts[0];
    if (parts[0] !== top) throw unsafe(message("source.moreTops", { first: top ?? "", second: parts[0] ?? "" }));
    bytes += header.size;
    if (bytes > limits.bytes) throw unsafe(message("source.bigUnpacked", { most: String(limits.bytes) }));
    const path = inside(parts.slice(1).join("/"), options.folder);
    if (header.type === "directory" || path === undefined) {
      checkKind(header, unsafe);
      entry.resume();
      return;
    }
    checkKind(header, unsafe);
    if (header.type === "symlink") {
      const to = header.linkname;
      if (!staysInside(path, to)) throw unsafe(message("source.linkOutside", { name: header.name, to }));
      entries.push({ path, mode: "120000", id: blobId(Buffer.from(to)) });
      links.push({ path, to });
      entry.resume();
      return;
    }
    const content = await collect(entry, header);
    const mode: BlobMode = (header.mode & 0o100) !== 0 ? "100755" : "100644";
    entries.push({ path, mode, id: blobId(content) });
    const writing = write(path, content, mode)
      .catch((error: unknown) => {
        writeFailure ??= error;
      })
      .finally(() => writes.delete(writing));
    writes.add(writing);
    if (writes.size >= writesAtOnce) await Promise.race(writes);
    if (writeFailure !== undefined) throw writeFailure;
  };

  const reading = (async () => {
    for await (const entry of reader) await take(entry, entry.header);
  })();
  const gunzip = createGunzip();
  let taken: unknown;
  reading.catch((error: unknown) => {
    taken ??= error;
    reader.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    await pipeline(packed, gunzip, reader, options.signal === undefined ? {} : { signal: options.signal });
    await reading;
  } catch (error) {
    await Promise.allSettled([reading, ...writes]);
    if (writeFailure !== undefined) throw told(writeFailure, unsafe);
    if (taken instanceof FlowdeckError) throw taken;
    options.signal?.throwIfAborted();
    throw isDamage(error) ? new DamagedArchive(messageOf(error)) : error;
  }
  await Promise.all(writes);
  if (writeFailure !== undefined) throw told(writeFailure, unsafe);
  // Links come last, so no file can have been written through one.
  const places = new Set(links.map((link) => link.path));
  for (const link of links) {
    if (entries.some((entry) => entry.path.startsWith(`${link.path}/`)))
      throw unsafe(message("source.linkAndFolder", { name: link.path }));
    if (passesLink(link, places)) throw unsafe(message("source.linkThroughLink", { name: link.path }));
    await mkdir(dirname(join(target, link.path)), { recursive: true });
    await symlink(link.to, join(target, link.path)).catch((error: unknown) => {
      throw told(error, unsafe);
    });
  }
  return entries;
}

function told(failure: unknown, unsafe: (because: Message) => Error): unknown {
  return errorCode(failure) === "EEXIST" ? unsafe(message("source.pathTwice")) : failure;
}

/** A `..` after a link means another place than the text says, so a link may not lead through one. */
function passesLink(link: { path: string; to: string }, links: ReadonlySet<string>): boolean {
  const steps = link.to.split("/");
  let place = posix.dirname(link.path);
  return steps.some((step, index) => {
    place = posix.normalize(posix.join(place, step));
    return index < steps.length - 1 && links.has(place);
  });
}

function safeParts(header: Header, limits: ArchiveLimits, unsafe: (because: Message) => Error): string[] {
  const { name } = header;
  if (name.length > limits.path) throw unsafe(message("source.pathLong", { most: String(limits.path) }));
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) throw unsafe(message("source.pathAbsolute", { name }));
  // A backslash is a separator on Windows and a plain character elsewhere; no project needs one.
  if (name.includes("\\") || name.includes("\0")) throw unsafe(message("source.pathCharacter", { name }));
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw unsafe(message("source.pathUp", { name }));
  return parts;
}

function checkKind(header: Header, unsafe: (because: Message) => Error): void {
  const kind = header.type;
  if (kind === "file" || kind === "contiguous-file" || kind === "directory" || kind === "symlink") return;
  throw unsafe(
    kind === "link"
      ? message("source.hardLink", { name: header.name })
      : message("source.kindOdd", { name: header.name, kind: String(kind) }),
  );
}

/** The path below `folder`, or undefined when it is not there. */
function inside(path: string, folder: string | undefined): string | undefined {
  if (folder === undefined) return path === "" ? undefined : path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

function staysInside(link: string, to: string): boolean {
  if (to === "" || to.startsWith("/") || /^[A-Za-z]:/.test(to) || to.includes("\\") || to.includes("\0")) return false;
  const place = posix.normalize(posix.join(posix.dirname(link), to));
  return place !== ".." && !place.startsWith("../");
}

async function collect(entry: Source, header: Header): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  if (content.byteLength !== header.size) throw new DamagedArchive(`"${header.name}" is cut short`);
  return content;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isDamage(error: unknown): boolean {
  if (error instanceof DamagedArchive) return true;
  return (
    (errorCode(error) ?? "").startsWith("Z_") ||
    /invalid tar header|unexpected end of data|premature/i.test(messageOf(error))
  );
}
