import { fields, isRecord, text } from "../../common/json/index.ts";
import type { KubeObject } from "./types.ts";

/**
 * What was read, as an object of a kind. Items of built-in lists come without apiVersion and kind, metadata alone with
 * those of PartialObjectMetadata: these are `of` the kind that was asked for.
 */
export function kubeObjectOf(item: unknown, of: { apiVersion: string; kind: string }): KubeObject {
  const read = isRecord(item) ? item : {};
  const own = isPartial(read) ? {} : read;
  const metadata = fields(read.metadata);
  return {
    ...read,
    apiVersion: text(own.apiVersion) ?? of.apiVersion,
    kind: text(own.kind) ?? of.kind,
    metadata: { ...metadata, name: text(metadata.name) ?? "" },
  };
}

function isPartial({ kind, apiVersion }: Record<string, unknown>): boolean {
  return kind === "PartialObjectMetadata" && apiVersion === "meta.k8s.io/v1";
}
