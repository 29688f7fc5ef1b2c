import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Pack, pack } from "tar-stream";
import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, ClusterConnections } from "../cluster/index.ts";
import { type PodProcess, runInPod, startInPod } from "../exec/index.ts";
import { tarFailed } from "./copy-from.ts";
import { asArgument, uploadPath } from "./tar-paths.ts";
import { named, type PodContainer, placeOf } from "./targets.ts";

/** A page that went away sends no more: what it began does not stay open for longer than this. */
const idleMs = 120_000;
const fileMode = 0o644;
/** After these words tar ends with a failure, whatever else it reads. */
const givesUp =
  /no space left|wrote only|write error|read-only file system|disk quota|input\/output error|(cannot|can't) (open|write|create|mkdir|make)/i;
/** How long a tar that has said so may stand still: where it left, its node waits for somebody to take the input. */
const stillMs = 1_500;

type Sink = ReturnType<Pack["entry"]>;

/** Files on their way into a folder of a container: an archive written as its parts come, read by the container's tar. */
class Upload {
  readonly place: PodContainer;
  readonly folder: string;
  readonly #client: ClusterClient;
  readonly #process: PodProcess;
  readonly #archive = pack();
  readonly #sent: Promise<void>;
  readonly #ended: Promise<{ code: number | undefined; stderr: string }>;
  readonly #closing = new AbortController();
  #written = 0;
  #open: { path: string; sink: Sink; left: number; done: Promise<void> } | undefined;
  #idle: NodeJS.Timeout | undefined;
  files = 0;
  bytes = 0;

  constructor(client: ClusterClient, place: PodContainer, folder: string, process: PodProcess, onIdle: () => void) {
    this.#client = client;
    this.place = place;
    this.folder = folder;
    this.#process = process;
    process.stdout.resume();
    this.#sent = this.#send();
    this.#sent.catch(() => undefined); // told by the next call
    this.#ended = Promise.race([process.ended.catch(lastWords), this.#gaveUp()]);
    this.#ended.catch(() => undefined); // told by the next call, too
    this.#onIdle = onIdle;
    this.touch();
  }

  readonly #onIdle: () => void;

  touch(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(this.#onIdle, idleMs);
    this.#idle.unref();
  }

  async file(path: string, bytes: number, modifiedAt: number | undefined): Promise<void> {
    await this.#endFile();
    const name = uploadPath(path);
    if (name === undefined)
      throw new FlowdeckError("invalid-input", message("copy.leadsOut", { path, folder: this.folder }));
    const ended = Promise.withResolvers<void>();
    ended.promise.catch(() => undefined); // told by #endFile
    const sink = this.#archive.entry(
      { name, size: bytes, mode: fileMode, ...(modifiedAt === undefined ? {} : { mtime: new Date(modifiedAt) }) },
      (error) => (error ? ended.reject(error) : ended.resolve()),
    );
    this.#open = { path, sink, left: bytes, done: ended.promise };
  }

  async chunk(data: Buffer): Promise<void> {
    const open = this.#open;
    if (open === undefined || data.length > open.left) {
      throw new FlowdeckError("invalid-input", message("copy.tooManyBytes"));
    }
    open.left -= data.length;
    this.bytes += data.length;
    const kept = open.sink.write(data);
    if (!kept) await Promise.race([drained(open.sink), this.#failed()]);
  }

  async finish(): Promise<{ files: number; bytes: number }> {
    await this.#endFile();
    this.#archive.finalize();
    // A tar that has read the archive's end leaves before its padding is sent: how it ended is what counts.
    const closed = this.#sent.then(() => this.#process.endInput());
    const end = await Promise.race([closed.then(() => this.#ended), this.#ended]).catch(() => this.#ended);
    if (end.code !== 0) throw tarFailed(end, this.place, this.folder);
    return { files: this.files, bytes: this.bytes };
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    this.#closing.abort();
    this.#process.kill();
    this.#archive.destroy(null);
    await this.#client.close();
  }

  async #endFile(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    if (open.left > 0) {
      throw new FlowdeckError("invalid-input", message("copy.endedEarly", { path: open.path, bytes: open.left }));
    }
    open.sink.end(null);
    this.#open = undefined;
    await Promise.race([open.done, this.#failed()]);
    this.files++;
  }

  async #send(): Promise<void> {
    for await (const chunk of this.#archive) {
      const data = chunk as Buffer;
      await this.#process.write(data);
      this.#written += data.length;
    }
  }

  /** Tar's words when it failed and takes no more, which a node may not tell while there is input that nobody reads. */
  async #gaveUp(): Promise<{ code: undefined; stderr: string }> {
    const { signal } = this.#closing;
    const stderr = await this.#process.complains(givesUp, signal);
    for (let before = -1; stderr !== undefined; ) {
      const taken = this.#written - this.#process.unsent;
      if (taken === before) return { code: undefined, stderr };
      before = taken;
      await sleep(stillMs, undefined, { signal });
    }
    return new Promise(() => undefined); // closed: nobody asks any more
  }

  /** Rejects when the container's tar ended before it had everything. */
  async #failed(): Promise<never> {
    throw tarFailed(await this.#ended, this.place, this.folder);
  }
}

/** A node may break the connection to a tar that failed, with input on its way that nobody reads: its words are the end. */
function lastWords(error: unknown): { code: undefined; stderr: string } {
  const detail = error instanceof FlowdeckError && error.code === "cluster-unreachable" ? error.detail : undefined;
  if (detail === undefined || !givesUp.test(detail)) throw error;
  return { code: undefined, stderr: detail };
}

function drained(sink: Sink): Promise<void> {
  return new Promise((resolve) => sink.once("drain", () => resolve()));
}

/** Copies into containers that pages have under way. */
export class Uploads {
  readonly #connections: ClusterConnections;
  readonly #open = new Map<string, Upload>();
  readonly #closing = new AbortController();

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  /** Throws `not-found` when the folder is not there. */
  async begin(place: PodContainer, folder: string, signal: AbortSignal): Promise<string> {
    const client = await this.#connections.client(place.target.context);
    try {
      const there = await runInPod(client, { ...placeOf(place), command: ["test", "-d", asArgument(folder)], signal });
      // An image without `test` may still have tar, which says itself what is wrong.
      if (there.code === 1) {
        const where = { container: place.container, object: named(place.target) };
        throw new FlowdeckError("not-found", message("copy.notFolder", { ...where, folder }));
      }
      const command = ["tar", "-xmf", "-", "-C", asArgument(folder)];
      const wanted = { ...placeOf(place), command, stdin: true, signal: this.#closing.signal };
      const process = await startInPod(client, wanted);
      const id = randomUUID();
      this.#open.set(id, new Upload(client, place, folder, process, () => this.#drop(id)));
      return id;
    } catch (error) {
      await client.close();
      throw error;
    }
  }

  async file(id: string, path: string, bytes: number, modifiedAt: number | undefined): Promise<void> {
    await this.#find(id).file(path, bytes, modifiedAt);
  }

  async chunk(id: string, data: Buffer): Promise<void> {
    await this.#find(id).chunk(data);
  }

  async end(id: string, keep: boolean): Promise<{ files: number; bytes: number }> {
    const upload = this.#find(id);
    this.#open.delete(id);
    try {
      return keep ? await upload.finish() : { files: upload.files, bytes: upload.bytes };
    } finally {
      await upload.close();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((upload) => upload.close()));
  }

  #find(id: string): Upload {
    const upload = this.#open.get(id);
    if (upload === undefined) throw new FlowdeckError("not-found", message("copy.ended"));
    upload.touch();
    return upload;
  }

  #drop(id: string): void {
    const upload = this.#open.get(id);
    this.#open.delete(id);
    upload?.close().catch(() => undefined); // its connection is gone either way
  }
}
