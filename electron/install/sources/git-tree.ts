import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** The modes git knows for files: plain, executable, symbolic link. (Folders are 40000.) */
export type BlobMode = "100644" | "100755" | "120000";

/** One file of a tree: its path from the root with `/`, its mode, and the id of its blob. */
export interface TreeEntry {
  path: string;
  mode: BlobMode;
  id: string;
}

/** Git's id of a file's content: SHA-1 over `blob <length>\0` and the bytes (git-scm.com/book, Git Objects). */
export function blobId(content: Uint8Array): string {
  return createHash("sha1").update(`blob ${content.byteLength}\0`).update(content).digest("hex");
}

interface Folder {
  files: TreeEntry[];
  folders: Map<string, Folder>;
}

const emptyFolder = (): Folder => ({ files: [], folders: new Map() });

/**
 * Git's id of the tree that these files make. Folders exist only through their files, as in git. Throws when a path is
 * there twice, or as a file and as a folder, because such a tree has no id.
 */
export function treeId(entries: Iterable<TreeEntry>): string {
  const root = emptyFolder();
  for (const entry of entries) {
    const names = entry.path.split("/");
    const name = names.pop() ?? "";
    let folder = root;
    for (const part of names) {
      let next = folder.folders.get(part);
      if (next === undefined) {
        next = emptyFolder();
        folder.folders.set(part, next);
      }
      folder = next;
    }
    folder.files.push({ ...entry, path: name });
  }
  return folderId(root);
}

function folderId(folder: Folder): string {
  const rows = [
    ...folder.files.map((file) => ({ name: file.path, sort: file.path, mode: file.mode as string, id: file.id })),
    // Git sorts a folder as if its name ended in a slash.
    ...[...folder.folders].map(([name, inner]) => ({ name, sort: `${name}/`, mode: "40000", id: folderId(inner) })),
  ].map((row) => ({ ...row, sort: Buffer.from(row.sort) }));
  rows.sort((a, b) => Buffer.compare(a.sort, b.sort));
  const names = new Set<string>();
  const parts: Buffer[] = [];
  for (const row of rows) {
    if (names.has(row.name)) throw new Error(`"${row.name}" is in one folder twice`);
    names.add(row.name);
    parts.push(Buffer.from(`${row.mode} ${row.name}\0`), Buffer.from(row.id, "hex"));
  }
  const body = Buffer.concat(parts);
  return createHash("sha1").update(`tree ${body.byteLength}\0`).update(body).digest("hex");
}

/**
 * The files under `folder` as git would store them. `modes` gives the modes of files where the disk cannot hold them
 * (Windows has no executable bit and no links).
 */
export async function readTree(
  folder: string,
  options: { modes?: ReadonlyMap<string, BlobMode>; signal?: AbortSignal | undefined } = {},
): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  const visit = async (inner: string): Promise<void> => {
    options.signal?.throwIfAborted();
    const found = await readdir(join(folder, inner), { withFileTypes: true });
    await Promise.all(
      found.map(async (item) => {
        const path = inner === "" ? item.name : `${inner}/${item.name}`;
        if (item.isDirectory()) return visit(path);
        entries.push(await readEntry(folder, path, item.isSymbolicLink(), options.modes?.get(path)));
      }),
    );
  };
  await visit("");
  return entries;
}

async function readEntry(folder: string, path: string, link: boolean, known?: BlobMode): Promise<TreeEntry> {
  const file = join(folder, path);
  if (link) return { path, mode: "120000", id: blobId(Buffer.from(await readlink(file))) };
  const [content, state] = await Promise.all([readFile(file), lstat(file)]);
  return { path, mode: known ?? ((state.mode & 0o100) !== 0 ? "100755" : "100644"), id: blobId(content) };
}

/** Git's id of the tree under `folder`. */
export async function contentId(folder: string, signal?: AbortSignal): Promise<string> {
  return treeId(await readTree(folder, { signal }));
}
