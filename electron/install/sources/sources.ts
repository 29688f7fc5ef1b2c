import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { inTurn } from "../../../common/async/index.ts";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { withDiskReason } from "../disk.ts";
import type { SourceSpec } from "../types.ts";
import { DamagedArchive, unpackArchive } from "./archive.ts";
import { cacheName, type DownloadOptions, download } from "./download.ts";
import { type BlobMode, contentId, readTree, type TreeEntry, treeId } from "./git-tree.ts";
import type { Mirror } from "./mirror.ts";
import { scratchFolder } from "./scratch.ts";

export interface SourceOptions {
  dataDir: string;
  /** Where the app's own files are; sources of kind `folder` lie there. */
  assetsDir: string;
  mirror?: Mirror | undefined;
  signal?: AbortSignal | undefined;
  /** 0 to 1, and what is being done. */
  onProgress?: ((fraction: number, said: Message) => void) | undefined;
  /** For tests: another network. */
  network?: Pick<DownloadOptions, "permits" | "attempts" | "backoffMs" | "dispatcher">;
}

/** A source on this disk, its content verified. */
export interface LocalSource {
  spec: SourceSpec;
  /** A folder (its git tree id is `content`) or a file (its SHA-256 is `content`). Not to be written to. */
  path: string;
  content: string;
}

const marker = z.strictObject({
  tree: z.string(),
  entries: z.array(z.tuple([z.string(), z.enum(["100644", "100755", "120000"]), z.string()])),
});

/**
 * Gets one source: from the cache if it is whole there, else mirror first, then the network. Verified in any case. Who
 * asks for one that is on its way gets the same when it is there: nothing is fetched twice, or replaced while it is read.
 */
export async function provideSource(spec: SourceSpec, options: SourceOptions): Promise<LocalSource> {
  try {
    if (spec.kind === "folder") return await provideFolder(spec, options);
    const wanted = await orRendered(spec, options.mirror);
    const provide = wanted.kind === "file" ? provideFile : provideArchive;
    return await inTurn(downloadPlace(wanted, options.dataDir), options.signal, () => provide(wanted, options));
  } catch (error) {
    throw await withDiskReason(error, options.dataDir);
  }
}

/** The source itself, or the file it renders to where only that is in the mirror. */
async function orRendered(spec: SourceSpec, mirror: Mirror | undefined): Promise<SourceSpec> {
  if (spec.rendered === undefined || (await mirror?.find(spec.url)) !== undefined) return spec;
  if ((await mirror?.find(spec.rendered.url)) === undefined) return spec;
  return { id: spec.id, kind: "file", ...spec.rendered };
}

/** Where a source would come from now, without fetching it. A mirror that is broken counts as the mirror. */
export async function whereSourceIs(
  spec: SourceSpec,
  options: Pick<SourceOptions, "dataDir" | "mirror">,
): Promise<"bundled" | "mirror" | "cache" | "download"> {
  if (spec.kind === "folder") return "bundled";
  const mirrored = (url: string) => options.mirror?.find(url).catch(() => "broken");
  const inMirror = (await mirrored(spec.url)) ?? (spec.rendered && (await mirrored(spec.rendered.url)));
  if (inMirror !== undefined) return "mirror";
  const kept = [
    downloadPlace(spec, options.dataDir),
    ...(spec.kind === "file" ? [] : treesOf(spec).map((tree) => `${treePlace(tree, options.dataDir)}.json`)),
  ];
  return (await Promise.all(kept.map(isFile))).includes(true) ? "cache" : "download";
}

/** The git tree ids that an archive's content may have. */
export function treesOf(spec: {
  tree?: string | undefined;
  trees?: readonly { tree: string }[] | undefined;
}): string[] {
  return [...(spec.tree === undefined ? [] : [spec.tree]), ...(spec.trees ?? []).map(({ tree }) => tree)];
}

async function provideFolder(spec: SourceSpec, options: SourceOptions): Promise<LocalSource> {
  const path = join(options.assetsDir, spec.folder ?? "");
  try {
    return { spec, path, content: await contentId(path, options.signal) };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new FlowdeckError("build-failed", message("source.ownFolder", { folder: path }), {
      advice: message("source.installAgain"),
      cause: error,
    });
  }
}

async function provideFile(spec: SourceSpec, options: SourceOptions): Promise<LocalSource> {
  const { file, downloaded } = await locate(spec, options);
  const content = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  const expected = (spec.sha256 ?? []).map(({ digest }) => digest);
  if (!expected.includes(content)) {
    if (downloaded) await rm(file, { force: true });
    throw mismatch(spec, file, `SHA-256 ${expected.join(" or ")}`, content);
  }
  return { spec, path: file, content };
}

async function provideArchive(spec: SourceSpec, options: SourceOptions): Promise<LocalSource> {
  const pinned = treesOf(spec);
  if (pinned.length === 0) throw new Error(`source ${spec.id} pins no git tree`);
  for (const tree of pinned) {
    const place = treePlace(tree, options.dataDir);
    if (await isWhole(place, tree, options.signal)) return { spec, path: place, content: tree };
  }
  const { file, downloaded } = await locate(spec, options);
  options.onProgress?.(0.9, message("progress.unpacking", { name: spec.id }));
  await mkdir(join(options.dataDir, "cache", "trees"), { recursive: true });
  const scratch = await scratchFolder(options.dataDir);
  const temporary = join(scratch.path, "tree");
  try {
    const { entries, tree } = await unpack(spec, pinned, file, temporary, options.signal);
    const place = treePlace(tree, options.dataDir);
    // another app on the same data folder may have been quicker, and be reading it
    if (await isWhole(place, tree, options.signal)) return { spec, path: place, content: tree };
    await rm(`${place}.json`, { force: true });
    await rm(place, { recursive: true, force: true });
    await rename(temporary, place);
    // The marker comes last: a folder without it was not finished.
    const rows = entries.map((entry): [string, BlobMode, string] => [entry.path, entry.mode, entry.id]);
    await writeFileAtomic(`${place}.json`, JSON.stringify({ tree, entries: rows }));
    options.onProgress?.(1, message("progress.verified", { name: spec.id }));
    return { spec, path: place, content: tree };
  } catch (error) {
    if (downloaded && error instanceof FlowdeckError) await rm(file, { force: true });
    throw error;
  } finally {
    await scratch.remove();
  }
}

async function unpack(
  spec: SourceSpec,
  pinned: readonly string[],
  file: string,
  target: string,
  signal?: AbortSignal,
): Promise<{ entries: TreeEntry[]; tree: string }> {
  let entries: TreeEntry[];
  const expected = `git tree ${pinned.join(" or ")}`;
  await mkdir(target);
  try {
    entries = await unpackArchive(createReadStream(file), target, { name: file, folder: spec.folder, signal });
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    throw mismatch(spec, file, expected, message("source.notUnpacked", { why: error.message }), error);
  }
  const tree = treeId(entries);
  if (!pinned.includes(tree)) throw mismatch(spec, file, expected, tree);
  return { entries, tree };
}

function mismatch(
  spec: SourceSpec,
  file: string,
  expected: string,
  got: string | Message,
  cause?: unknown,
): FlowdeckError {
  return new FlowdeckError("content-mismatch", message("source.mismatch", { file, expected, got }), {
    advice: message("source.mismatchAdvice", { uri: spec.url }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * An unpacked tree is used again only when its marker is there and every file, read and hashed now, is the one that was
 * verified, with none added: nothing on the disk is taken on trust. (30 MB in 1300 files cost a tenth of a second.)
 * Modes are taken from the marker, whose own entries must give the tree id, because not every disk can hold them.
 */
async function isWhole(place: string, tree: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const known = marker.parse(JSON.parse(await readFile(`${place}.json`, "utf8")));
    const modes = new Map(known.entries.map(([path, mode]) => [path, mode]));
    return known.tree === tree && treeId(await readTree(place, { modes, signal })) === tree;
  } catch {
    signal?.throwIfAborted();
    return false; // no marker, or a file is gone or unreadable: it is unpacked again
  }
}

async function locate(spec: SourceSpec, options: SourceOptions): Promise<{ file: string; downloaded: boolean }> {
  const mirrored = await options.mirror?.find(spec.url);
  if (mirrored !== undefined) return { file: mirrored, downloaded: false };
  const file = downloadPlace(spec, options.dataDir);
  if (!(await isFile(file))) {
    const { host } = new URL(spec.url);
    options.onProgress?.(0, message("progress.downloading", { name: spec.id, host }));
    await download(spec.url, file, {
      ...options.network,
      signal: options.signal,
      onProgress: ({ received, total }) => {
        const named = { name: spec.id, host, received: (received / 1e6).toFixed(1) };
        const said =
          total === undefined
            ? message("progress.downloadingSize", named)
            : message("progress.downloadingOf", { ...named, total: (total / 1e6).toFixed(1) });
        options.onProgress?.(0.9 * (total === undefined || total === 0 ? 0.5 : received / total), said);
      },
    });
  }
  return { file, downloaded: true };
}

const treePlace = (tree: string, dataDir: string) => join(dataDir, "cache", "trees", tree);
const downloadPlace = (spec: SourceSpec, dataDir: string) => join(dataDir, "cache", "sources", cacheName(spec.url));

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}
