import { at, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, parseAnswer } from "../cluster/index.ts";

/**
 * Whom the API server takes this user for, also when impersonating. Undefined where it doesn't say (before Kubernetes 1.28).
 * https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/self-subject-review-v1/
 */
export async function whoAmI(
  client: Pick<ClusterClient, "request" | "server">,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const what = message("request.whoAmI");
  try {
    const { body } = await client.request({
      method: "POST",
      path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
      body: JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" }),
      what,
      signal,
    });
    return text(at(parseAnswer(body, what, client.server), "status", "userInfo", "username"));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error) return undefined;
    throw error;
  }
}
