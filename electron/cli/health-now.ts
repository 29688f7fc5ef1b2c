import { type InstallationEntry, type InstalledView, saidOf, toAppError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import { chooseContext } from "./choose-context.ts";
import type { LocalClient } from "./local-client.ts";

/** How long a cluster has to answer; the rest of the status doesn't depend on it. */
const patienceMs = 10_000;

/** An installation as its cluster has it now, or why that can't be told. A credential plugin is not run for it. */
export async function healthNow(
  client: LocalClient,
  kfDir: string,
  entry: InstallationEntry | undefined,
  ending: AbortSignal,
): Promise<{ view?: InstalledView; problem?: Message }> {
  if (entry?.contextName === undefined || !["installed", "failed", "cancelled", "interrupted"].includes(entry.state))
    return {};
  const signal = AbortSignal.any([ending, AbortSignal.timeout(patienceMs)]);
  try {
    const context = await chooseContext(client, entry.contextName);
    await client.call("cluster.connect", { context: context.id }, signal);
    let found: InstalledView | undefined;
    await client.follow(
      "installed.watch",
      { context: context.id },
      ({ installations }) => {
        found = installations.find((one) => one.kfDir === kfDir);
        return found === undefined || !found.looking;
      },
      signal,
    );
    return found ? { view: found } : {};
  } catch (error) {
    ending.throwIfAborted();
    return { problem: message("cliOutput.notLooked", { why: saidOf(toAppError(error)) }) };
  }
}

/** What needs attention, a line each. */
export function attentionLines({ attention }: InstalledView): Message[] {
  return attention.map(({ object: { kind, namespace, name }, cause }) => {
    const object = `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
    return cause
      ? message("cliOutput.attention", { object, cause: { id: `cause.${cause.id}`, params: cause.params } })
      : message("cliOutput.attentionMissing", { object });
  });
}
