import type { ClusterInfo, ContextEntry } from "../../common/contract/index.ts";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalClient } from "./local-client.ts";
import { UsageError } from "./usage-error.ts";

/** The context of that name (or id), from the kubeconfigs on this machine. Throws a {@link UsageError} that lists them. */
export async function chooseContext(client: LocalClient, name: string | undefined): Promise<ContextEntry> {
  const { contexts } = await client.call("contexts.list", {});
  if (name === undefined) throw new UsageError(message("cliUsage.whichContext", { contexts: listed(contexts) }));
  const found = contexts.filter((context) => context.id === name || context.name === name);
  const [only] = found;
  if (only === undefined)
    throw new UsageError(message("cliUsage.unknownContext", { name, contexts: listed(contexts) }));
  if (found.length > 1) {
    const ids = found.map((context) => `${context.id} (${context.file})`).join(", ");
    throw new UsageError(message("cliUsage.contextTwice", { name, ids }));
  }
  if (only.error !== undefined) throw FlowdeckError.from(only.error);
  return only;
}

/** As kubectl and kfctl choose: the context of that name, else the current one. */
export async function namedOrCurrent(client: LocalClient, name: string | undefined): Promise<ContextEntry> {
  if (name !== undefined) return chooseContext(client, name);
  const { contexts } = await client.call("contexts.list", {});
  return contexts.find((context) => context.current) ?? chooseContext(client, undefined);
}

function listed(contexts: readonly ContextEntry[]): Message {
  if (contexts.length === 0) return message("cliUsage.noContexts");
  return message("cliUsage.contextsAre", { names: contexts.map((context) => context.name).join(", ") });
}

/** A cluster's name and version, and whether it is the practice cluster. */
export function clusterLine({ name, version, practice }: ClusterInfo): Message {
  const simulated = practice ? message("cliOutput.clusterSimulated", { name, version }) : undefined;
  return simulated ?? message("cliOutput.cluster", { name, version });
}

/**
 * Contacts a context's cluster. Where its credentials come from a program that was not approved yet, shows the program,
 * and runs it only when the user said so with --approve-exec.
 */
export async function connect(client: LocalClient, context: ContextEntry, approveExec: boolean) {
  try {
    return await client.call("cluster.connect", { context: context.id });
  } catch (error) {
    const asks = error instanceof FlowdeckError && error.code === "exec-needs-approval";
    const command = context.execCommand;
    if (!asks || command === undefined) throw error;
    if (!approveExec) {
      const said = message("command.runsProgram", { context: context.name, command: command.join(" ") });
      throw new FlowdeckError("exec-needs-approval", said, { advice: message("command.approveProgram") });
    }
    await client.call("cluster.approveExec", { context: context.id, command });
    return await client.call("cluster.connect", { context: context.id });
  }
}
