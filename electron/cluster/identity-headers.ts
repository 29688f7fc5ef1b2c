import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ResolvedContext } from "./context.ts";
import type { Credentials } from "./credentials.ts";

/**
 * Who we are, for requests and sockets alike. Throws only errors with words: a library that cannot read an id-token has
 * none that name the context.
 */
export async function identityHeaders(
  credentials: Credentials,
  { name, file }: ResolvedContext,
): Promise<Record<string, string | string[]>> {
  try {
    return { "user-agent": "flowdeck", ...(await credentials.headers()) };
  } catch (error) {
    if (error instanceof FlowdeckError) throw error;
    throw new FlowdeckError("kubeconfig-invalid", message("signIn.credentialsUnusable", { context: name, file }), {
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}
