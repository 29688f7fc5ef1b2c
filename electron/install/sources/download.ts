import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message, textOf } from "../../../common/words/index.ts";
import { isAbort, withDiskReason } from "../disk.ts";

export interface DownloadProgress {
  received: number;
  /** Undefined when the server does not say. */
  total?: number;
}

export interface DownloadOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Bytes; more is refused. */
  maxBytes?: number;
  attempts?: number;
  /** Before the second attempt, in milliseconds; doubles each time. */
  backoffMs?: number;
  /** Which addresses may be asked, also after a redirect. The default is https only. */
  permits?: (url: URL) => boolean;
  dispatcher?: Dispatcher;
}

const httpsOnly = (url: URL) => url.protocol === "https:";
const partState = z.strictObject({ url: z.string(), validator: z.string() });
const redirects = new Set([301, 302, 303, 307, 308]);
const worthRetrying = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500;

/** A failure that another attempt may cure. */
class Passing extends Error {
  readonly said: Message;

  constructor(said: Message, options?: ErrorOptions) {
    super(textOf(said, "en"), options);
    this.said = said;
  }
}

/**
 * Downloads `url` to `file`, which appears only when it is whole. What came before a cut is kept beside it and
 * continued (RFC 9110 Range with If-Range) as long as the server vouches that it is the same file; the caller verifies
 * the content. Proxies are taken from the environment. Throws `download-failed` or `disk-full`.
 */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<void> {
  const attempts = options.attempts ?? 4;
  const agent =
    options.dispatcher ??
    new EnvHttpProxyAgent({ connect: { timeout: 10_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 });
  try {
    await mkdir(dirname(file), { recursive: true });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await downloadOnce(new URL(url), file, agent, options);
      } catch (error) {
        options.signal?.throwIfAborted();
        if (!(error instanceof Passing) || attempt >= attempts) throw error;
        await sleep((options.backoffMs ?? 500) * 2 ** (attempt - 1), undefined, { signal: options.signal });
      }
    }
  } catch (error) {
    const told = await withDiskReason(error, dirname(file));
    if (told !== error) await removePart(file);
    if (told instanceof FlowdeckError || isAbort(error)) throw told;
    throw failed(url, error instanceof Passing ? error.said : wordsOf(error), error);
  } finally {
    if (options.dispatcher === undefined) await agent.destroy();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function failed(url: string, because: string | Message, cause?: unknown): FlowdeckError {
  const { host } = new URL(url);
  return new FlowdeckError("download-failed", message("source.downloadFailed", { uri: url, because }), {
    advice: message("source.downloadAdvice", { host }),
    ...(cause === undefined ? {} : { cause }),
  });
}

async function downloadOnce(url: URL, file: string, agent: Dispatcher, options: DownloadOptions): Promise<void> {
  const part = `${file}.part`;
  const known = await readPart(file, url.href);
  const range: Record<string, string> =
    known === undefined ? {} : { range: `bytes=${known.size}-`, "if-range": known.validator };
  const { response, at } = await follow(url, { "accept-encoding": "identity", ...range }, agent, options);
  const { statusCode, headers, body } = response;
  if (statusCode !== 200 && statusCode !== 206) {
    await body.dump();
    if (statusCode === 416) {
      await removePart(file);
      throw new Passing(message("source.notContinued"));
    }
    const why = message("source.status", { host: at.host, status: String(statusCode) });
    throw worthRetrying(statusCode) ? new Passing(why) : failed(url.href, why);
  }
  // Cutting a body off is an error of the body's, which nobody reads any more.
  const refuse = () => body.on("error", () => undefined).destroy();
  const from = statusCode === 206 ? (known?.size ?? 0) : 0;
  if (statusCode === 206 && one(headers["content-range"])?.startsWith(`bytes ${from}-`) !== true) {
    refuse();
    await removePart(file);
    throw new Passing(message("source.continuedElsewhere"));
  }
  const length = Number(one(headers["content-length"]) ?? Number.NaN);
  const total = Number.isFinite(length) ? from + length : undefined;
  const most = options.maxBytes ?? 512 * 1024 ** 2;
  const tooBig = () => failed(url.href, message("source.tooBig", { most: String(most) }));
  if (total !== undefined && total > most) {
    refuse();
    throw tooBig();
  }
  await rememberPart(file, url.href, from === 0 ? validatorOf(headers) : known?.validator);
  let received = from;
  const report = () => options.onProgress?.({ received, ...(total === undefined ? {} : { total }) });
  report();
  const out = createWriteStream(part, { flags: from === 0 ? "w" : "a" });
  const closed = new Promise<void>((done) => out.once("close", done));
  try {
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          received += chunk.byteLength;
          if (received > most) throw tooBig();
          report();
          yield chunk;
        }
      },
      out,
      options.signal === undefined ? {} : { signal: options.signal },
    );
  } catch (error) {
    // A file that is still being opened would come back after it was removed.
    await closed;
    if (error instanceof FlowdeckError) await removePart(file);
    if (error instanceof FlowdeckError || isAbort(error) || errorCode(error) === "ENOSPC") throw error;
    throw new Passing(message("others.words", { text: wordsOf(error) }));
  }
  if (total !== undefined && received !== total)
    throw new Passing(message("source.cutShort", { received: String(received), total: String(total) }));
  await rename(part, file);
  await rm(`${part}.json`, { force: true });
}

async function follow(url: URL, headers: Record<string, string>, agent: Dispatcher, options: DownloadOptions) {
  const permits = options.permits ?? httpsOnly;
  let at = url;
  for (let hops = 0; hops < 6; hops += 1) {
    if (!permits(at)) throw failed(url.href, message("source.onlyHttps", { uri: `${at.protocol}//${at.host}` }));
    const response = await request(at, { headers, dispatcher: agent, signal: options.signal ?? null }).catch(
      (error: unknown) => {
        if (isAbort(error)) throw error;
        throw new Passing(reason(error, at.host), { cause: error });
      },
    );
    const to = one(response.headers.location);
    if (!redirects.has(response.statusCode) || to === undefined) return { response, at };
    await response.body.dump();
    at = new URL(to, at);
  }
  throw failed(url.href, message("source.redirects"));
}

function reason(error: unknown, host: string): Message {
  const code = errorCode(error);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return message("source.nameUnknown", { host });
  if (code === "ECONNREFUSED") return message("source.refusesConnections", { host });
  if (code === "UND_ERR_CONNECT_TIMEOUT") return message("source.noAnswer", { host });
  const text = wordsOf(error);
  return text === "" ? message("source.noAnswerCode", { host, code: String(code) }) : message("others.words", { text });
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** What If-Range may carry: a strong entity tag, else the date of the last change. */
function validatorOf(headers: Record<string, string | string[] | undefined>): string | undefined {
  const tag = one(headers.etag);
  return tag !== undefined && !tag.startsWith("W/") ? tag : one(headers["last-modified"]);
}

async function readPart(file: string, url: string): Promise<{ size: number; validator: string } | undefined> {
  try {
    const state = partState.parse(JSON.parse(await readFile(`${file}.part.json`, "utf8")));
    const { size } = await stat(`${file}.part`);
    return state.url === url && size > 0 ? { size, validator: state.validator } : undefined;
  } catch {
    return undefined; // nothing to continue from, or not readable: begin anew
  }
}

async function rememberPart(file: string, url: string, validator: string | undefined): Promise<void> {
  if (validator === undefined) return rm(`${file}.part.json`, { force: true });
  await writeFileAtomic(`${file}.part.json`, JSON.stringify({ url, validator }));
}

async function removePart(file: string): Promise<void> {
  await rm(`${file}.part`, { force: true });
  await rm(`${file}.part.json`, { force: true });
}

/** The name under which a download is kept: no two addresses share one, and it can be recognised. */
export function cacheName(url: string): string {
  const base = (new URL(url).pathname.split("/").pop() ?? "").replace(/[^A-Za-z0-9._-]/g, "_").slice(-60);
  return `${createHash("sha256").update(url).digest("hex").slice(0, 16)}-${base}`;
}
