import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { type DnsAnswer, errorCode } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";

export interface DnsOptions {
  /** Asked in place of this computer's servers. */
  servers?: readonly string[] | undefined;
  timeoutMs?: number;
  signal: AbortSignal;
}

const usualTimeoutMs = 3_000;
const absent = new Set(["ENOTFOUND", "ENODATA"]);

/** The addresses that DNS has for a name; empty where it has none. Throws where no server answers. */
export async function addressesOf(name: string, options: DnsOptions): Promise<string[]> {
  const { servers, timeoutMs = usualTimeoutMs, signal } = options;
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  if (servers) resolver.setServers([...servers]);
  const stop = () => resolver.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const asked = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = asked.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    if (found.length > 0) return found;
    const failed = asked.find((one) => one.status === "rejected" && !absent.has(errorCode(one.reason) ?? ""));
    if (failed?.status === "rejected") throw failed.reason;
    return [];
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** What DNS has to have for a name, and what it has. `to`: addresses and names at which the installation answers. */
export async function askDns(name: string, to: readonly string[], options: DnsOptions): Promise<DnsAnswer> {
  const [first] = to;
  const record = first === undefined ? undefined : { type: recordType(first), to: first };
  const answer = (state: DnsAnswer["state"], found: readonly string[], why?: Message): DnsAnswer => ({
    ...{ name, state, found: [...found] },
    ...(record ? { record } : {}),
    ...(why ? { why } : {}),
  });
  try {
    const found = await addressesOf(name, options);
    if (found.length === 0) {
      const hosts = await hostsFile(name);
      if (hosts.length > 0) return answer("hosts", hosts, message("wayIn.dnsHosts", { name }));
      return answer("missing", [], message("wayIn.dnsMissing", { name }));
    }
    const wanted = new Set((await Promise.all(to.map((one) => asAddresses(one, options)))).flat());
    if (first === undefined || found.some((one) => wanted.has(one))) return answer("right", found);
    return answer("other", found, message("wayIn.dnsOther", { name, found: found.join(", "), to: first }));
  } catch (error) {
    options.signal.throwIfAborted();
    const code = errorCode(error);
    const seconds = String((options.timeoutMs ?? usualTimeoutMs) / 1000);
    const why = code === "ETIMEOUT" ? message("wayIn.dnsTimeout", { seconds }) : (code ?? String(error));
    return answer("failed", [], message("wayIn.dnsFailed", { name, why }));
  }
}

export async function asAddresses(nameOrAddress: string, options: DnsOptions): Promise<string[]> {
  return isIP(nameOrAddress) === 0 ? addressesOf(nameOrAddress, options) : [nameOrAddress];
}

function recordType(to: string): "A" | "AAAA" | "CNAME" {
  const family = isIP(to);
  return family === 0 ? "CNAME" : family === 4 ? "A" : "AAAA";
}

/** What this computer itself makes of a name that DNS does not have. */
async function hostsFile(name: string): Promise<string[]> {
  return (await lookup(name, { all: true }).catch(() => [])).map(({ address }) => address);
}
