import type { ContextId } from "../../../common/contract/index.ts";
import { groupOf } from "../../../common/kube/index.ts";
import type { SchemaOf } from "./use-schema.ts";

/** The kind that a text with one document is about, as far as it is written; undefined for several documents. */
export function kindOfText(context: ContextId, text: string): SchemaOf | undefined {
  if (/^---/m.test(text.trimStart().replace(/^---.*/, ""))) return undefined;
  const field = (name: string) => new RegExp(`^${name}:\\s*["']?([\\w./-]+)["']?\\s*$`, "m").exec(text)?.[1];
  const apiVersion = field("apiVersion");
  const kind = field("kind");
  if (apiVersion === undefined || kind === undefined) return undefined;
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  return version ? { context, group: groupOf(apiVersion), version, kind } : undefined;
}
