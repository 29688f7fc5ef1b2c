import { type ErrorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { type ClusterClient, isRetryable, type KubeObject } from "../../cluster/index.ts";
import type { Answer } from "../engine/run-types.ts";
import { accessWords } from "./access-trouble.ts";
import { becauseOf, isCurable } from "./apply-errors.ts";

/** With these nobody was asked: neither the webhook nor anything else of the cluster has answered. */
const unanswered: readonly ErrorCode[] = [
  "cluster-unreachable",
  "cluster-untrusted",
  "credentials-rejected",
  "exec-failed",
  "exec-needs-approval",
  "rate-limited",
];

/**
 * Does discovery list a kind? It can't be watched, and watching the definitions instead would send megabytes of schemas
 * several times over while the server is busiest.
 */
export async function askForKind(
  client: ClusterClient,
  { apiVersion, kind }: { apiVersion: string; kind: string },
  signal: AbortSignal,
): Promise<Answer> {
  try {
    await client.resourceFor(apiVersion, kind, signal);
    return { is: "yes" };
  } catch (error) {
    const isAbsent = error instanceof FlowdeckError && error.code === "kind-unknown";
    return isAbsent ? { is: "no" } : noAnswer(error);
  }
}

/** Does the server take an object in a dry run, so that the webhooks in between answer? */
export async function askForDryRun(client: ClusterClient, object: KubeObject, signal: AbortSignal): Promise<Answer> {
  try {
    // A pod is only ever created; other objects may be there already.
    if (isKind(object, "/Pod")) await client.create(object, { dryRun: true, signal });
    else await client.apply(object, { dryRun: true, forceOver: ["*"], signal });
    return { is: "yes" };
  } catch (error) {
    if (error instanceof FlowdeckError && unanswered.includes(error.code)) return noAnswer(error);
    // Refused for another reason than a webhook that does not answer: the way there is open, which was the question;
    // the real apply will tell what is wrong with the object.
    return isCurable(error) ? { is: "no", because: becauseOf(error) } : { is: "yes" };
  }
}

function noAnswer(error: unknown): Answer {
  return { is: "unanswered", because: accessWords(error), soon: isRetryable(error) };
}
