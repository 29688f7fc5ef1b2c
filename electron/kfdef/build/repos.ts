import { createReadStream } from "node:fs";
import { mkdir, realpath, rm, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { inTurn } from "../../../common/async/index.ts";
import { type AppError, FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import {
  cacheName,
  download,
  type Mirror,
  provideSource,
  type SourceOptions,
  type SourceSpec,
  unpackArchive,
} from "../../install/index.ts";
import { isWithin, realPathWithin } from "../../kf-dir/index.ts";
import { localPath, pathOf, schemeOf } from "../config/index.ts";
import { copyTree, isFolder } from "./files.ts";

export interface RepoSources {
  dataDir: string;
  assetsDir: string;
  mirror?: Mirror | undefined;
  /** Sources whose content is pinned, taken where a repo's address is theirs. */
  pinned: readonly SourceSpec[];
  /** For tests: another network. */
  network?: NonNullable<SourceOptions["network"]>;
}

export interface RepoOptions extends RepoSources {
  /** What a relative path is seen from: KF_DIR. */
  from: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((fraction: number, said: Message) => void) | undefined;
}

interface Repo {
  name: string;
  uri: string;
}

const limits = { entries: 50_000, bytes: 512 * 1024 ** 2 };
const maxDownload = 200 * 1024 ** 2;
/** How long an archive that nobody pins is taken from the data folder again, in milliseconds: it may be a branch. */
export const keepFor = 3_600_000;

/**
 * Puts a repo's content into `target` (new, empty), as kfctl has it in `.cache/<repo>`: an archive with its top folder, a
 * folder of this computer without. Gives the folder that applications' paths start from, seen from `target`.
 */
export async function placeRepo(
  repo: Repo,
  target: string,
  options: RepoOptions,
): Promise<{ folder: string; warning?: AppError }> {
  const { signal } = options;
  const pinned = pinnedSource(repo.uri, options.pinned);
  if (pinned !== undefined) {
    const { path } = await provideSource(pinned, options);
    const folder = topFolderName(repo.uri);
    await copyTree(path, join(target, folder), { root: path, signal });
    return { folder };
  }
  const local = localOf(repo.uri, options.from);
  if (local !== undefined && (await stat(local).catch(() => undefined))?.isDirectory() === true) {
    if (isWithin(local, target))
      throw new FlowdeckError("kfdef-invalid", message("kfBuild.repoAround", { name: repo.name, folder: local }), {
        advice: message("kfBuild.repoAroundAdvice"),
      });
    await copyTree(local, target, { root: local, signal });
    return { folder: "." };
  }
  const archive = await archiveOf(repo.uri, options);
  const folder = await topFolderOf(archive, repo, signal);
  await mkdir(join(target, folder), { recursive: true });
  options.onProgress?.(0.9, message("kfBuild.unpacking", { name: repo.name }));
  await unpack(archive, join(target, folder), repo, signal);
  const warning = new FlowdeckError("content-mismatch", message("kfBuild.notVerified", { uri: repo.uri }), {
    advice: message("kfBuild.notVerifiedAdvice"),
  });
  return { folder, warning: warning.toJSON() };
}

/**
 * The folder that applications' paths start from, seen from a `.cache/<repo>` that is there already: what the status
 * says (kfctl writes it with KF_DIR in front or without), or undefined where that is not in there.
 */
export async function cachedFolder(cache: string, repo: Repo, localPath: string): Promise<string | undefined> {
  const [, below = ""] = localPath.replaceAll("\\", "/").split(`.cache/${repo.name}`);
  const folder = below.replace(/^\/+|\/+$/g, "") || ".";
  if (!isWithin(cache, join(cache, folder)) || !(await isFolder(join(cache, folder)))) return undefined;
  const real = await realPathWithin(await realpath(cache), join(cache, folder));
  return real === undefined || real === "outside" ? undefined : folder;
}

/** What the catalogue says of the content at an address. */
export function pinnedSource(uri: string, pinned: readonly SourceSpec[]): SourceSpec | undefined {
  return pinned.find(({ kind, url }) => kind === "archive" && sameArchive(url, uri));
}

/** GitHub serves one archive at several addresses. */
function sameArchive(one: string, other: string): boolean {
  const plain = (url: string) => url.replace(/\/archive\/refs\/(tags|heads)\//, "/archive/").replace(/\?.*$/, "");
  return plain(one) === plain(other);
}

/** The top folder of GitHub's archives: the repository's name and the ref, without the v of a version. */
function topFolderName(uri: string): string {
  const [, repository, ref] = /\/([^/]+)\/archive\/(?:refs\/(?:tags|heads)\/)?([^?]+?)\.tar\.gz/.exec(uri) ?? [];
  if (repository === undefined || ref === undefined) return basename(uri).replace(/\.tar\.gz$|\.tgz$/, "") || "content";
  return `${repository}-${ref.replace(/^v(?=\d)/, "").replaceAll("/", "-")}`;
}

/** The path that an address without a server leads to. */
export function localOf(uri: string, from: string): string | undefined {
  const scheme = schemeOf(uri);
  if (scheme === "file:") return localPath(uri);
  return scheme === undefined ? (uri.startsWith("~") ? pathOf(uri) : resolve(from, uri)) : undefined;
}

/** An archive as a file of this computer: from there, the mirror, or the network. */
export async function archiveOf(uri: string, options: RepoOptions): Promise<string> {
  const local = localOf(uri, options.from);
  if (local !== undefined) return local;
  const mirrored = await options.mirror?.find(uri);
  if (mirrored !== undefined) return mirrored;
  const file = join(options.dataDir, "cache", "sources", cacheName(uri));
  await inTurn(file, options.signal, async () => {
    const kept = await stat(file).catch(() => undefined);
    if (kept === undefined || Date.now() - kept.mtimeMs >= keepFor) await downloadArchive(uri, file, options);
  });
  return file;
}

async function downloadArchive(uri: string, file: string, options: RepoOptions): Promise<void> {
  const { host } = new URL(uri);
  options.onProgress?.(0, message("kfBuild.downloading", { uri }));
  await rm(file, { force: true });
  await download(uri, file, {
    ...options.network,
    signal: options.signal,
    maxBytes: maxDownload,
    permits: (url) => url.protocol === "https:" || (schemeOf(uri) === "http:" && url.protocol === "http:"),
    onProgress: ({ received, total }) => {
      const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
      options.onProgress?.(
        0.9 * (total === undefined || total === 0 ? 0.5 : received / total),
        total === undefined
          ? message("kfBuild.downloadingFrom", { host, received: megabytes(received) })
          : message("kfBuild.downloadingOf", { host, received: megabytes(received), total: megabytes(total) }),
      );
    },
  });
}

/** The name of an archive's first folder; what is in the archive is checked when it is unpacked. */
async function topFolderOf(archive: string, repo: Repo, signal: AbortSignal | undefined): Promise<string> {
  const reader = extract();
  const input = createReadStream(archive, signal === undefined ? {} : { signal });
  const gunzip = createGunzip();
  const fail = (error: Error) => reader.destroy(error);
  input.on("error", fail).pipe(gunzip.on("error", fail)).pipe(reader);
  try {
    for await (const entry of reader) {
      const top = entry.header.name.split("/").find((part: string) => part !== "" && part !== ".");
      // An archive may begin with the folder that it was made in: `./`.
      if (top !== undefined && top !== "..") return top;
      entry.resume();
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw noArchive(repo, error);
  } finally {
    input.destroy();
    gunzip.destroy();
  }
  throw noArchive(repo);
}

async function unpack(archive: string, target: string, repo: Repo, signal: AbortSignal | undefined): Promise<void> {
  try {
    await unpackArchive(createReadStream(archive), target, { name: repo.uri, limits, signal });
  } catch (error) {
    if (error instanceof FlowdeckError || signal?.aborted) throw error;
    throw error instanceof Error && error.name === "DamagedArchive" ? noArchive(repo, error) : error;
  }
}

function noArchive(repo: Repo, cause?: unknown): FlowdeckError {
  return new FlowdeckError("kfdef-invalid", message("kfBuild.noArchive", { name: repo.name, uri: repo.uri }), {
    advice: message("kfBuild.noArchiveAdvice"),
    ...(cause === undefined ? {} : { cause }),
  });
}
