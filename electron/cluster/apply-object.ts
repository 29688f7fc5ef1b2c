import { FlowdeckError } from "../../common/contract/index.ts";
import { stringifyJson } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { escapeForYaml } from "../../common/yaml/index.ts";
import type { KubeObject } from "./types.ts";

/** What API servers call a server-side apply; its body may be JSON, which they read as YAML. */
export const applyContentType = "application/apply-patch+yaml";

/** An object without what only the server may set in its metadata and a copy read from a cluster still carries. */
function withoutServerMetadata(object: KubeObject): KubeObject {
  const {
    managedFields: _managedFields,
    resourceVersion: _resourceVersion,
    uid: _uid,
    creationTimestamp: _creationTimestamp,
    generation: _generation,
    deletionTimestamp: _deletionTimestamp,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}

/**
 * An object as the body of a server-side apply, without what only the server may set. API servers read it as YAML, which
 * takes some characters of a text for line breaks and refuses others, so that these are written as escapes.
 */
export function applyBody(object: KubeObject): string {
  return escapeForYaml(jsonBody(withoutServerMetadata(object)));
}

/**
 * What is sent to an API server, as JSON. Throws `invalid-input` for text that no server can store: it would come back with
 * another character in the place of each half of a surrogate pair.
 */
export function jsonBody(value: object): string {
  const json = stringifyJson(value);
  if (json.includes("\\ud") && loneSurrogate.test(json)) {
    throw new FlowdeckError("invalid-input", message("server.notText"));
  }
  return json;
}

/** JSON has pairs as they are, and only halves as escapes. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;
