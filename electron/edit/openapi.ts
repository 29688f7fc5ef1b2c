import { FlowdeckError, type KindSchema } from "../../common/contract/index.ts";
import { at, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, parseAnswer, type RequestPurpose } from "../cluster/index.ts";
import { kindSchemaFrom } from "./kind-schema.ts";

/** Characters of documents kept; the core group's has 1.6 million. */
const mostKept = 40_000_000;

/**
 * Reads kinds' schemas from OpenAPI v3: an index of one document for each group version, whose address holds a hash of
 * its content, so that a document is fetched once however many clusters and contexts share it.
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3
 */
export class OpenApiSchemas {
  readonly #documents = new Map<string, Promise<{ document: unknown; size: number }>>();
  readonly #sizes = new Map<string, number>();

  /** Throws `kind-unknown` when the cluster serves no schema for it. */
  async schemaOf(
    client: Pick<ClusterClient, "request" | "server">,
    kind: { group: string; version: string; kind: string },
    signal: AbortSignal,
  ): Promise<KindSchema> {
    const { group, version } = kind;
    const named = group === "" ? `${version} ${kind.kind}` : `${group}/${version} ${kind.kind}`;
    const what = message("request.schema", { kind: named });
    const index = await getJson(client, "/openapi/v3", what, signal);
    const name = group === "" ? `api/${version}` : `apis/${group}/${version}`;
    const address = text(at(index.document, "paths", name, "serverRelativeURL"));
    const schema =
      address === undefined ? undefined : kindSchemaFrom(await this.#document(client, address, what), kind);
    if (schema === undefined) {
      throw new FlowdeckError("kind-unknown", message("edit.noSchema", { kind: named }));
    }
    return schema;
  }

  /** Fetched once for all who ask at the same time, so nobody's signal ends it. */
  async #document(
    client: Pick<ClusterClient, "request" | "server">,
    address: string,
    what: RequestPurpose,
  ): Promise<unknown> {
    // Without a hash nobody can tell whether two servers mean the same.
    const key = address.includes("hash=") ? address : `${client.server} ${address}`;
    const known = this.#documents.get(key);
    const reading = known ?? getJson(client, address, what, undefined);
    this.#documents.delete(key);
    this.#documents.set(key, reading);
    try {
      const { document, size } = await reading;
      this.#keepWithin(key, size);
      return document;
    } catch (error) {
      if (this.#documents.get(key) === reading) this.#documents.delete(key);
      throw error;
    }
  }

  /** Forgets what was not asked for the longest. */
  #keepWithin(key: string, size: number): void {
    this.#sizes.set(key, size);
    let total = [...this.#documents.keys()].reduce((sum, each) => sum + (this.#sizes.get(each) ?? 0), 0);
    for (const oldest of this.#documents.keys()) {
      if (total <= mostKept || oldest === key) break;
      total -= this.#sizes.get(oldest) ?? 0;
      this.#documents.delete(oldest);
      this.#sizes.delete(oldest);
    }
  }
}

async function getJson(
  client: Pick<ClusterClient, "request" | "server">,
  path: string,
  what: RequestPurpose,
  signal: AbortSignal | undefined,
): Promise<{ document: unknown; size: number }> {
  const { body } = await client.request({ path, what, signal });
  // 5 ms for the core group's 1.6 MB, the largest there is: not worth a thread.
  return { document: parseAnswer(body, what, client.server), size: body.length };
}
