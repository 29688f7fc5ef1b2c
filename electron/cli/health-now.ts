import {
  type CertificateExpiry,
  type InstallationEntry,
  type InstalledView,
  saidOf,
  toAppError,
} from "../../common/contract/index.ts";
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
): Promise<{ view?: InstalledView; expiry?: CertificateExpiry; problem?: Message }> {
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
    const expiries = await client.call("wayIn.expiries", { context: context.id }, signal).catch(() => []);
    const expiry = expiries.find((one) => one.kfDir === kfDir);
    return { ...(found ? { view: found } : {}), ...(expiry ? { expiry } : {}) };
  } catch (error) {
    ending.throwIfAborted();
    const [expiry] = (await client.call("wayIn.expiries", {}).catch(() => [])).filter((one) => one.kfDir === kfDir);
    const problem = message("cliOutput.notLooked", { why: saidOf(toAppError(error)) });
    return { problem, ...(expiry ? { expiry } : {}) };
  }
}

/** Until when the certificate is valid, or what is to be done about it. */
export function expiryLines({ subject, to, attention }: CertificateExpiry): Message[] {
  if (attention === undefined) return [message("cliOutput.certificateUntil", { subject, date: { time: to } })];
  return [attention.said, ...(attention.advice ? [attention.advice] : [])];
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
