import { KubeClient } from "./client.ts";
import type { ResolvedContext } from "./context.ts";
import { Credentials } from "./credentials.ts";
import type { ExecCredentials } from "./exec-credential.ts";
import { Transport } from "./transport.ts";
import type { ClusterClient } from "./types.ts";

/** A client for one context; contacts nothing until it is asked something. */
export function openClient(
  context: ResolvedContext,
  exec: ExecCredentials,
  environment: NodeJS.ProcessEnv,
): ClusterClient {
  return new KubeClient(new Transport(context, new Credentials(context, exec), environment));
}
