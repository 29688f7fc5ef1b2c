import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { download, type Mirror, type SourceOptions, scratchFolder } from "../../install/index.ts";
import { unreadable } from "../../kf-dir/index.ts";
import { checkUri, schemeOf } from "./uri.ts";

export interface ReadConfigOptions {
  dataDir: string;
  /** Asked before the network. */
  mirror?: Mirror | undefined;
  maxBytes: number;
  signal?: AbortSignal | undefined;
  /** For tests: another network. */
  network?: SourceOptions["network"];
}

/**
 * The text that CONFIG_URI leads to: a path (`~/` is the home folder), a file:, https: or http: address, from the mirror
 * where that has it. Throws `not-found`, `download-failed`, or `kfdef-invalid` for what can be no KfDef file.
 */
export async function readConfig(configUri: string, options: ReadConfigOptions): Promise<string> {
  const problem = checkUri(configUri);
  if (problem !== undefined) throw new FlowdeckError("kfdef-invalid", problem);
  const scheme = schemeOf(configUri);
  if (scheme === undefined) return readLocal(pathOf(configUri), configUri, options);
  if (scheme === "file:") return readLocal(localPath(configUri), configUri, options);
  const mirrored = await options.mirror?.find(configUri);
  if (mirrored !== undefined) return readLocal(mirrored, configUri, options);
  const scratch = await scratchFolder(options.dataDir);
  try {
    const file = join(scratch.path, "kfdef.yaml");
    await download(configUri, file, {
      ...options.network,
      signal: options.signal,
      maxBytes: options.maxBytes,
      // A page that was asked for over https must not lead elsewhere.
      permits: (url) => url.protocol === "https:" || (scheme === "http:" && url.protocol === "http:"),
    });
    return await readLocal(file, configUri, options);
  } finally {
    await scratch.remove();
  }
}

export function pathOf(path: string): string {
  return resolve(path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path);
}

export function localPath(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch (error) {
    throw new FlowdeckError("kfdef-invalid", message("kfdef.notLocalFile", { uri }), {
      cause: error,
    });
  }
}

async function readLocal(file: string, called: string, { maxBytes, signal }: ReadConfigOptions): Promise<string> {
  const state = await stat(file).catch((error: unknown) => {
    throw errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR"
      ? new FlowdeckError("not-found", message("kfdef.noFile", { file: called }), {
          advice: message("kfdef.noFileAdvice"),
        })
      : new FlowdeckError("not-found", unreadable(called, error), { cause: error });
  });
  if (!state.isFile())
    throw new FlowdeckError(
      "kfdef-invalid",
      message(state.isDirectory() ? "kfdef.isFolder" : "kfdef.noPlainFile", { file: called }),
    );
  const tooBig = () =>
    new FlowdeckError("kfdef-invalid", message("kfdef.fileTooBig", { file: called, megabytes: maxBytes / 1e6 }));
  if (state.size > maxBytes) throw tooBig();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // It may grow while it is read.
    for await (const chunk of createReadStream(file, signal === undefined ? {} : { signal }) as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooBig();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof FlowdeckError || signal?.aborted) throw error;
    throw new FlowdeckError("not-found", unreadable(called, error), { cause: error });
  }
  return decode(Buffer.concat(chunks), called);
}

function decode(bytes: Buffer, called: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FlowdeckError("kfdef-invalid", message("kfdef.notUtf8", { file: called }), {
      advice: bytes[0] === 0x1f && bytes[1] === 0x8b ? message("kfdef.notUtf8Archive") : message("kfdef.notUtf8Advice"),
      cause: error,
    });
  }
}
