import { FlowdeckError } from "../../common/contract/index.ts";
import { isRecord } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { RequestPurpose } from "./types.ts";

interface Attempt {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "SOCKET";
  path: string;
  query?: object | undefined;
  body?: string;
  what: RequestPurpose;
}

/** Collections to which something is posted only to get an answer; nothing of it is kept. */
const questions =
  /^\/apis\/(authorization\.k8s\.io\/[^/]+\/((namespaces\/[^/]+\/local|self)?subjectaccessreviews|selfsubjectrulesreviews)|authentication\.k8s\.io\/[^/]+\/selfsubjectreviews)$/;

/** Throws `not-allowed` for a request that changes the cluster, or that may (a shell can do anything). */
export function refuseWhereReadOnly(attempt: Attempt, contextName: string): void {
  if (attempt.method === "GET" || (attempt.method === "SOCKET" ? isHarmless(attempt) : changesNothing(attempt))) return;
  throw new FlowdeckError("not-allowed", message("server.readOnly", { what: attempt.what, context: contextName }), {
    advice: message("server.allowChanges"),
  });
}

/** Whether what an access review asks about would be let through. */
export function onlyReads({ verb, subresource }: { verb: string; subresource?: string }): boolean {
  if (subresource === "portforward") return true;
  return ["get", "list", "watch"].includes(verb) && subresource !== "exec" && subresource !== "attach";
}

/** Of sockets, only forwarded ports: exec, attach and proxies reach into containers. */
function isHarmless({ path }: Attempt): boolean {
  return /^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/portforward$/.test(path.split("?", 1)[0] ?? "");
}

function changesNothing({ method, path, query, body }: Attempt): boolean {
  const [plain = "", written = ""] = path.split("?", 2);
  // Requests that are passed on to a pod or a node: what they do there is not known, and dryRun is not read.
  if (/\/(pods|services|nodes)\/[^/]+\/proxy(\/|$)/.test(plain)) return false;
  if (method === "POST" && questions.test(plain)) return true;
  // A DELETE with a body is judged by it alone: the API server does not read its query then.
  if (method === "DELETE" && body !== undefined && body !== "") return triesOnly(body);
  const dryRun = [
    ...new URLSearchParams(written).getAll("dryRun"),
    ...Object.entries(query ?? {}).flatMap(([name, value]) =>
      name === "dryRun" && value !== undefined ? [value] : [],
    ),
  ];
  return dryRun.length > 0 && dryRun.every((value) => value === "All");
}

function triesOnly(deleteOptions: string): boolean {
  try {
    const options: unknown = JSON.parse(deleteOptions);
    return (
      isRecord(options) &&
      Array.isArray(options.dryRun) &&
      options.dryRun.length > 0 &&
      options.dryRun.every((value) => value === "All")
    );
  } catch {
    // Not understood, so not known to be harmless.
    return false;
  }
}
