import { FlowdeckError, type KindSchema } from "../../../common/contract/index.ts";
import { type ClusterClient, isServed } from "../../cluster/index.ts";
import { OpenApiSchemas } from "../../edit/index.ts";
import type { RenderedComponent } from "../../install/index.ts";
import { witnesses } from "./fields.ts";
import { ruleFor, rules } from "./rules.ts";
import type { ServedApis } from "./types.ts";

type Client = Pick<ClusterClient, "resourceFor" | "request" | "server">;

/** Kubernetes' own API versions: of these the fields are looked at too, not of custom resources. */
const ownVersions = new Set(["v1", ...rules.flatMap((rule) => rule.to)]);

/**
 * Asks the cluster about every kind in `components`, in the version it is written in and in those it could become, and
 * for the fields that Kubernetes' own kinds have there. Throws what reading the discovery throws.
 */
export async function askServed(
  client: Client,
  components: readonly RenderedComponent[],
  signal: AbortSignal = new AbortController().signal,
): Promise<ServedApis> {
  const asked = new Set(witnesses.map((witness) => witness.join(" ")));
  for (const object of components.flatMap(({ objects }) => objects))
    for (const version of [object.apiVersion, ...(ruleFor(object)?.to ?? [])]) asked.add(`${version} ${object.kind}`);
  const openApi = new OpenApiSchemas();
  const known = new Map<string, KindSchema | undefined>();
  await Promise.all(
    [...asked].map(async (key) => {
      const [apiVersion = "", kind = ""] = key.split(" ");
      if (!(await isServed(client, apiVersion, kind, signal))) return;
      // Definitions hold schemas themselves; their conversion knows what may stand in one.
      const looked = ownVersions.has(apiVersion) && kind !== "CustomResourceDefinition";
      known.set(key, looked ? await schemaOf(openApi, client, apiVersion, kind, signal) : undefined);
    }),
  );
  return {
    serves: (apiVersion, kind) => known.has(`${apiVersion} ${kind}`),
    schemaOf: (apiVersion, kind) => known.get(`${apiVersion} ${kind}`),
  };
}

/** Undefined where the cluster does not tell: before 1.24 it has no OpenAPI v3, and not everyone may read it. */
async function schemaOf(
  openApi: OpenApiSchemas,
  client: Client,
  apiVersion: string,
  kind: string,
  signal: AbortSignal,
): Promise<KindSchema | undefined> {
  const slash = apiVersion.indexOf("/");
  const named = { group: apiVersion.slice(0, Math.max(0, slash)), version: apiVersion.slice(slash + 1), kind };
  try {
    return await openApi.schemaOf(client, named, signal);
  } catch (error) {
    const codes = ["kind-unknown", "object-not-found", "forbidden"];
    if (error instanceof FlowdeckError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
