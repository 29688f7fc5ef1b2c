import type { ContextEntry } from "../../common/contract/index.ts";
import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { LocalClient } from "./local-client.ts";
import { UsageError } from "./session.ts";

/** The context of that name (or id), from the kubeconfigs on this machine. Throws a {@link UsageError} that lists them. */
export async function chooseContext(client: LocalClient, name: string | undefined): Promise<ContextEntry> {
  const { contexts } = await client.call("contexts.list", {});
  if (name === undefined) throw new UsageError(`Say which cluster with --context. ${listed(contexts)}`);
  const found = contexts.filter((context) => context.id === name || context.name === name);
  const [only] = found;
  if (only === undefined) throw new UsageError(`There is no context "${name}". ${listed(contexts)}`);
  if (found.length > 1) {
    const choices = found.map((context) => `${context.id} (${context.file})`).join(", ");
    throw new UsageError(`The context "${name}" is in more than one file. Give one of these ids: ${choices}`);
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

function listed(contexts: readonly ContextEntry[]): string {
  if (contexts.length === 0) {
    return "None was found: `flowdeck practice start` makes a practice cluster, --kubeconfig names a file.";
  }
  return `There are: ${contexts.map((context) => context.name).join(", ")}.`;
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
