import { createHash } from "node:crypto";
import type { SignInChange, SignInReview } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { desired } from "./desired.ts";
import { type DexInCluster, refs, theDex } from "./dex-in-cluster.ts";

/** What a change would do. Writes nothing. */
export async function review(
  client: Pick<ClusterClient, "get">,
  change: SignInChange,
  { recorded, signal }: { recorded: boolean; signal: AbortSignal },
): Promise<SignInReview> {
  const dex = await theDex(client, signal);
  const { changes, warnings, errors } = desired(dex, change);
  if (!recorded) warnings.push(message("people.notRecorded"));
  return { changes, warnings, errors, writes: writesOf(dex, change), digest: digestOf(dex, change) };
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
