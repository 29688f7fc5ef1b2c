import { randomBytes } from "node:crypto";
import { constants, type Dirent, type Stats } from "node:fs";
import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rm, rmdir, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errorCode, FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";

/** Not through a link, and without waiting for whoever writes to a pipe. Windows has neither flag. */
const plainOnly = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Far more than any file that is read as a whole has; a folder from elsewhere may hold anything. */
const maxTextBytes = 64 * 1024 ** 2;

/**
 * The one way into an installation's folder, KF_DIR, for what is read, written and removed there.
 *
 * Such a folder may come out of somebody else's git repository, which keeps links: a log that is a link to a shell's
 * start file would be appended to. So every part of a path below KF_DIR is looked at first, and what is neither a plain
 * file nor a folder is refused with `folder-unusable`. KF_DIR itself may be a link: the user chose where it is.
 *
 * Names are KF_DIR-relative with slashes. Errors of the system come as they are.
 */
export class KfDir {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** What is there under that name; undefined when nothing is. */
  async kind(name: string): Promise<"file" | "folder" | undefined> {
    const state = await this.#state(name);
    if (state === undefined) return undefined;
    return state.isDirectory() ? "folder" : "file";
  }

  /** A file's text; undefined when there is none. */
  async readText(name: string, options: { maxBytes?: number } = {}): Promise<string | undefined> {
    const { maxBytes = maxTextBytes } = options;
    return this.#reading(name, async (handle, { size }) => {
      const tooBig = () => refused(this.#at(name), message("folder.tooBig", { size: Math.round(maxBytes / 1e3) }));
      if (size > maxBytes) throw tooBig();
      // It may grow while it is read.
      const buffer = Buffer.alloc(size + 1);
      let length = 0;
      for (let read = 1; read > 0 && length < buffer.length; length += read)
        ({ bytesRead: read } = await handle.read(buffer, length, buffer.length - length, length));
      if (length <= size) return buffer.toString("utf8", 0, length);
      const rest = await handle.readFile();
      if (length + rest.length > maxBytes) throw tooBig();
      return Buffer.concat([buffer.subarray(0, length), rest]).toString("utf8");
    });
  }

  /** The last bytes of a file as text, from the first whole line on; undefined when there is no such file. */
  async readEnd(name: string, bytes: number): Promise<string | undefined> {
    return this.#reading(name, async (handle, { size }) => {
      const start = Math.max(0, size - bytes);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
      const text = buffer.toString("utf8", 0, bytesRead);
      return start === 0 ? text : text.slice(text.indexOf("\n") + 1);
    });
  }

  /** What is in a folder; nothing when it is not there. Links in it are listed as such, not followed. */
  async list(name: string): Promise<Dirent[]> {
    if ((await this.kind(name)) !== "folder") return [];
    return readdir(this.#at(name), { withFileTypes: true });
  }

  /** Makes a folder and those above it, KF_DIR included. */
  async makeFolder(name = ""): Promise<void> {
    await mkdir(this.path, { recursive: true });
    const parts = partsOf(name);
    for (const [index] of parts.entries()) {
      const part = parts.slice(0, index + 1).join("/");
      const kind = await this.kind(part);
      if (kind === "file") throw refused(this.#at(part), message("folder.fileForFolder"));
      if (kind === "folder") continue;
      await mkdir(this.#at(part)).catch((error: unknown) => {
        if (errorCode(error) !== "EEXIST") throw error;
      });
      await this.kind(part);
    }
  }

  /** Writes a file so that it is there as a whole or as it was before; its mode stays. */
  async write(name: string, text: string): Promise<void> {
    await this.#makeFolderOf(name);
    const before = await this.#state(name);
    if (before?.isDirectory()) throw refused(this.#at(name), message("folder.folderForFile"));
    const file = this.#at(name);
    const aside = join(dirname(file), `.flowdeck-${randomBytes(8).toString("hex")}.tmp`);
    try {
      const handle = await open(aside, createFlags, before === undefined ? 0o666 : before.mode & 0o777);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, file);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  }

  /** Makes a new file. Rejects with EEXIST when something has that name. */
  async create(name: string, text: string, mode = 0o600): Promise<void> {
    await this.#makeFolderOf(name);
    await this.kind(name);
    const handle = await open(this.#at(name), createFlags, mode);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  }

  /** Opens a file to read it and append to it, and makes it where it is not there. */
  async openToAppend(name: string): Promise<FileHandle> {
    await this.#makeFolderOf(name);
    if ((await this.kind(name)) === "folder") throw refused(this.#at(name), message("folder.folderForFile"));
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | plainOnly;
    const handle = await this.#open(name, flags);
    const { nlink } = await handle.stat();
    if (nlink <= 1) return handle;
    await handle.close();
    throw refused(this.#at(name), message("folder.hardLink"));
  }

  async append(name: string, text: string): Promise<void> {
    const handle = await this.openToAppend(name);
    try {
      await handle.appendFile(text);
    } finally {
      await handle.close();
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await Promise.all([this.kind(from), this.kind(to)]);
    await rename(this.#at(from), this.#at(to));
  }

  /** Gives a file a second name. Rejects with EEXIST when something has that name. */
  async link(from: string, to: string): Promise<void> {
    await Promise.all([this.kind(from), this.kind(to)]);
    await link(this.#at(from), this.#at(to));
  }

  /** Removes a file; nothing happens when there is none. */
  async remove(name: string): Promise<void> {
    const kind = await this.kind(name);
    if (kind === undefined) return;
    if (kind === "folder") throw refused(this.#at(name), message("folder.folderForFile"));
    await unlink(this.#at(name)).catch((error: unknown) => {
      if (errorCode(error) !== "ENOENT") throw error;
    });
  }

  /** Removes a folder where nothing is left in it. */
  async removeEmptyFolder(name: string): Promise<void> {
    if ((await this.kind(name)) !== "folder") return;
    await rmdir(this.#at(name)).catch((error: unknown) => {
      if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(errorCode(error) ?? "")) throw error;
    });
  }

  /** Removes a folder that whoever calls this made, with all that is in it; links in it go, what they lead to stays. */
  async removeTree(name: string): Promise<void> {
    if ((await this.kind(name)) !== undefined) await rm(this.#at(name), { recursive: true, force: true });
  }

  async #reading<T>(name: string, read: (handle: FileHandle, state: Stats) => Promise<T>): Promise<T | undefined> {
    const kind = await this.kind(name);
    if (kind === undefined) return undefined;
    if (kind === "folder") throw refused(this.#at(name), message("folder.folderForFile"));
    const handle = await this.#open(name, constants.O_RDONLY | plainOnly).catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    });
    if (handle === undefined) return undefined;
    try {
      return await read(handle, await handle.stat());
    } finally {
      await handle.close();
    }
  }

  /** Opens what is a plain file also now: it may have been exchanged since it was looked at. */
  async #open(name: string, flags: number): Promise<FileHandle> {
    const path = this.#at(name);
    const handle = await open(path, flags, 0o600).catch((error: unknown) => {
      throw errorCode(error) === "ELOOP" ? refused(path, message("folder.link"), error) : error;
    });
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    throw refused(path, message("folder.neither"));
  }

  async #makeFolderOf(name: string): Promise<void> {
    await this.makeFolder(partsOf(name).slice(0, -1).join("/"));
  }

  async #state(name: string): Promise<Stats | undefined> {
    const parts = partsOf(name);
    let state: Stats | undefined;
    for (const [index] of parts.entries()) {
      const path = join(this.path, ...parts.slice(0, index + 1));
      state = await lstat(path).catch((error: unknown) => {
        if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
        throw error;
      });
      if (state === undefined) return undefined;
      if (state.isSymbolicLink()) throw refused(path, message("folder.link"));
      if (!state.isFile() && !state.isDirectory()) throw refused(path, message("folder.neither"));
      if (state.isFile() && index < parts.length - 1) throw refused(path, message("folder.fileForFolder"));
    }
    return state;
  }

  #at(name: string): string {
    return join(this.path, ...partsOf(name));
  }
}

const createFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | plainOnly;

function partsOf(name: string): string[] {
  if (name === "") return [];
  const parts = name.split(/[/\\]/);
  if (parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\0")))
    throw new FlowdeckError("folder-unusable", message("folder.notName", { name }));
  return parts;
}

function refused(path: string, what: Message, cause?: unknown): FlowdeckError {
  return new FlowdeckError("folder-unusable", message("folder.refused", { path, what }), {
    advice: message("folder.plainOnly"),
    ...(cause === undefined ? {} : { cause }),
  });
}
