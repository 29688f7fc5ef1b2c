import { type ContextId, FlowdeckError, type SdkToken, toAppError } from "../../common/contract/index.ts";
import { at, list, parseJson, text } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { type ClusterClient, isServed } from "../cluster/index.ts";
import { type Door, snippetOf } from "./sdk-snippet.ts";
import { claimsOf, type TokenFiles } from "./token-files.ts";

/** The account in each profile's namespace that Kubeflow lets do what an editor may. */
const account = "default-editor";
/** What Pipelines asks a token to be for (kubeflow/pipelines: backend/src/apiserver/common/const.go). */
const audience = "pipelines.kubeflow.org";

export interface TokenWork {
  client: ClusterClient;
  context: ContextId;
  profile: string;
  hours: number;
  files: TokenFiles;
  /** Kubeflow's address, where it has one. */
  address: string | undefined;
  signal: AbortSignal;
}

/**
 * Asks the API server for a token and writes it to a file.
 * @throws FlowdeckError `invalid-input`, `forbidden` and `not-found` with what is missing, and what the cluster throws.
 */
export async function createToken({
  client,
  context,
  profile,
  hours,
  files,
  address,
  signal,
}: TokenWork): Promise<SdkToken> {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(profile))
    throw new FlowdeckError("invalid-input", message("sdkToken.badProfile", { profile }));
  const { token, expires } = await request(client, profile, hours, signal);
  const { issuer } = claimsOf(token);
  const by = (await gatewayTakes(client, issuer, signal)) ? "gateway" : "pipelines";
  const door: Door = { by, address, contextName: client.contextName };
  const file = await files.write(context, profile, token);
  const notes: Message[] = [message(by === "gateway" ? "sdkToken.byGateway" : "sdkToken.byPipelines")];
  if (Date.parse(expires) < Date.now() + hours * 3_600_000 - 60_000) notes.push(message("sdkToken.sooner"));
  notes.push(message("sdkToken.keep"));
  return {
    ...{ file, expires, notes },
    account: `system:serviceaccount:${profile}:${account}`,
    snippet: snippetOf(file, profile, door),
  };
}

async function request(client: ClusterClient, profile: string, hours: number, signal: AbortSignal) {
  const path = `/api/v1/namespaces/${profile}/serviceaccounts/${account}/token`;
  const body = JSON.stringify({
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { audiences: [audience], expirationSeconds: hours * 3600 },
  });
  let answer: unknown;
  try {
    answer = parseJson(await client.raw(path, { method: "POST", body, contentType: "application/json", signal }));
  } catch (error) {
    throw explained(error, profile);
  }
  const token = text(at(answer, "status", "token"));
  const expires = text(at(answer, "status", "expirationTimestamp"));
  if (token === undefined || expires === undefined)
    throw new FlowdeckError("server-error", message("sdkToken.noAnswer", { profile }));
  return { token, expires };
}

function explained(error: unknown, profile: string): unknown {
  switch (toAppError(error).code) {
    case "forbidden":
      return new FlowdeckError("forbidden", message("sdkToken.forbidden", { profile }), {
        advice: message("sdkToken.forbiddenWay", { profile }),
        cause: error,
      });
    case "object-not-found":
      return new FlowdeckError("not-found", message("sdkToken.noAccount", { profile, account }), {
        advice: message("sdkToken.noAccountWay"),
        cause: error,
      });
    default:
      return error;
  }
}

/** Whether Istio's gateway takes tokens of this issuer: the release's m2m overlays make it do so. */
async function gatewayTakes(client: ClusterClient, issuer: string | undefined, signal: AbortSignal): Promise<boolean> {
  const version = "security.istio.io/v1";
  if (issuer === undefined || !(await isServed(client, version, "RequestAuthentication", signal))) return false;
  try {
    const found = await client.list(version, "RequestAuthentication", { namespace: "istio-system", signal });
    return found.some(({ spec }) => list(at(spec, "jwtRules")).some((rule) => text(at(rule, "issuer")) === issuer));
  } catch (error) {
    // Not seen: the way that always works.
    if (error instanceof FlowdeckError && error.code === "forbidden") return false;
    throw error;
  }
}

/** Names of the profiles; none where they can't be listed. */
export async function profileNames(client: ClusterClient, signal: AbortSignal): Promise<string[]> {
  for (const version of ["kubeflow.org/v1", "kubeflow.org/v1beta1"]) {
    if (!(await isServed(client, version, "Profile", signal))) continue;
    try {
      const found = await client.list(version, "Profile", { signal });
      return found.map(({ metadata }) => metadata.name).toSorted();
    } catch (error) {
      if (error instanceof FlowdeckError && error.code === "forbidden") return [];
      throw error;
    }
  }
  return [];
}
