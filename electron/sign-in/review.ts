import { createHash } from "node:crypto";
import {
  type ConnectorDraft,
  connectorFields,
  connectorVariable,
  type SignInChange,
  type SignInReview,
} from "../../common/contract/index.ts";
import { own } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { checkConnector } from "./check-connector.ts";
import { desired } from "./desired.ts";
import { type DexInCluster, refs, theDex, valuesOf } from "./dex-in-cluster.ts";

/** What a change would do. Writes nothing. */
export async function review(
  client: Pick<ClusterClient, "get">,
  change: SignInChange,
  { recorded, signal }: { recorded: boolean; signal: AbortSignal },
): Promise<SignInReview> {
  const dex = await theDex(client, signal);
  const { changes, warnings, errors } = desired(dex, change);
  const checks: SignInReview["checks"] = [];
  if (change.do === "connector" && errors.length === 0) {
    const draft = withKept(change.draft, valuesOf(dex.passwords));
    for (const { tone, said } of await checkConnector(draft, { probe: change.probe, signal })) {
      if (tone === "ok") checks.push(said);
      else if (tone === "warn") warnings.push(said);
      else errors.push({ said });
    }
  }
  if (!recorded) warnings.push(message("people.notRecorded"));
  return { changes, warnings, checks, errors, writes: writesOf(dex, change), digest: digestOf(dex, change) };
}

/** With the secrets that are kept: what is tried is what Dex will have. */
function withKept(draft: ConnectorDraft, variables: Readonly<Record<string, string>>): ConnectorDraft {
  const values = { ...draft.values };
  for (const { path, kind } of connectorFields[draft.type]) {
    if (kind === "secret" && (values[path] ?? "") === "") {
      values[path] = own(variables, connectorVariable(draft.id, path)) ?? "";
    }
  }
  return { ...draft, values };
}

function writesOf({ passwords }: DexInCluster, change: SignInChange): string[] {
  const name = ({ kind, namespace, name: of }: { kind: string; namespace: string; name: string }) =>
    `${kind} ${namespace}/${of}`;
  const proxy = ["Secret oauth2-proxy/oauth2-proxy", name(refs.proxy)];
  if (change.do === "rotate") return change.what === "cookie" ? proxy : [name(refs.client), name(refs.dex), ...proxy];
  return [...(passwords ? [name(refs.passwords)] : []), name(refs.config), name(refs.dex)];
}

/** Stands for a change of what the cluster has now: with another digest, something else would be done. */
export function digestOf({ configMap, passwords }: DexInCluster, change: SignInChange): string {
  const versions = [configMap.metadata.resourceVersion, passwords?.metadata.resourceVersion ?? ""];
  return createHash("sha256")
    .update(JSON.stringify([versions, change]))
    .digest("hex")
    .slice(0, 32);
}
