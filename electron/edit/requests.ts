import { fields } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import {
  applyBody,
  applyContentType,
  type ClientRequest,
  type ClusterClient,
  conflictsOf,
  jsonBody,
  type KubeObject,
  parseAnswer,
  unreadable,
} from "../cluster/index.ts";

export const fieldManager = "flowdeck";

/** Where an object is written to. */
export interface Place {
  path: string;
  /** `Deployment kubeflow/ml-pipeline`, for errors. */
  called: string;
}

export interface Written {
  object: KubeObject;
  warnings: string[];
}

export async function readObject(client: ClusterClient, place: Place, signal: AbortSignal): Promise<KubeObject> {
  const { object } = await send(client, {
    path: place.path,
    what: message("request.read", { object: place.called }),
    signal,
  });
  return object;
}

export interface WriteOptions {
  how: "update" | "apply" | "create";
  dryRun: boolean;
  takeOver: boolean;
  signal: AbortSignal;
}

/** One write, strict about unknown fields. For `create`, the place is the collection. */
export async function writeObject(
  client: ClusterClient,
  place: Place,
  object: KubeObject,
  { how, dryRun, takeOver, signal }: WriteOptions,
): Promise<Written> {
  const query = { fieldManager, fieldValidation: "Strict", ...(dryRun ? { dryRun: "All" } : {}) };
  const common = { path: place.path, what: message(`request.${how}`, { object: place.called }), signal };
  switch (how) {
    case "update":
      return await send(client, { ...common, method: "PUT", query, body: jsonBody(object) });
    case "create":
      return await send(client, { ...common, method: "POST", query, body: jsonBody(object) });
    case "apply":
      return await apply(client, { ...common, query, body: applyBody(withoutStatus(object)) }, takeOver);
  }
}

/** Status is its controller's: who edits an object does not come to own it. */
function withoutStatus({ status: _status, ...object }: KubeObject): KubeObject {
  return { ...object, apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata };
}

/** Fields that Flowdeck itself has changed by updates are no conflict: to the API server that is another manager. */
async function apply(client: ClusterClient, request: ClientRequest, takeOver: boolean): Promise<Written> {
  const patch = (force: boolean) =>
    send(client, {
      ...request,
      method: "PATCH",
      query: { ...request.query, force },
      contentType: applyContentType,
    });
  try {
    return await patch(takeOver);
  } catch (error) {
    const owners = conflictsOf(error);
    if (owners.length === 0 || owners.some(({ manager }) => manager !== fieldManager)) throw error;
    return await patch(true);
  }
}

async function send(client: ClusterClient, request: ClientRequest): Promise<Written> {
  const { body, headers } = await client.request(request);
  const object = parseAnswer(body, request.what, client.server);
  if (!isKubeObject(object)) throw unreadable(request.what, client.server, body);
  return { object, warnings: warningsOf(headers.warning) };
}

function isKubeObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = fields(value);
  return typeof apiVersion === "string" && typeof kind === "string" && typeof fields(metadata).name === "string";
}

/** `299 - "spec.x is deprecated"`, one or several. https://www.rfc-editor.org/rfc/rfc7234#section-5.5 */
function warningsOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(", ") : (header ?? "");
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, words = ""]) => words.replaceAll(/\\(.)/g, "$1"));
}
