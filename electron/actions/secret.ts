import { FlowdeckError, type ObjectTarget } from "../../common/contract/index.ts";
import { textMap } from "../../common/json/index.ts";
import { isKind } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { named, read } from "./targets.ts";

/** One value of a Secret. Throws `not-found` when there is no such key. */
export async function revealSecret(
  client: ClusterClient,
  target: ObjectTarget,
  key: string,
  signal: AbortSignal,
): Promise<{ base64: string; text?: string; bytes: number }> {
  if (!isKind(target, "/Secret")) {
    throw new FlowdeckError("invalid-input", message("action.notSecret", { object: named(target) }));
  }
  const data = textMap((await read(client, target, signal)).data);
  const base64 = Object.hasOwn(data, key) ? data[key] : undefined;
  if (base64 === undefined)
    throw new FlowdeckError("not-found", message("action.noKey", { object: named(target), key }));
  const bytes = Buffer.from(base64, "base64");
  const text = utf8(bytes);
  return { base64, bytes: bytes.length, ...(text === undefined ? {} : { text }) };
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // no text: it is shown as base64
  }
}
