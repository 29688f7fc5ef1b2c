import { FlowdeckError, fixOf } from "../../../common/contract/index.ts";
import { at, list, number, texts } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { keyOfObject } from "../objects.ts";

/** Both ends belong to it. */
export interface PortRange {
  from: number;
  to: number;
}

/** What an API server has that was started without `--service-node-port-range`, as those of all clouds are. */
export const usualRange: PortRange = { from: 30_000, to: 32_767 };

/**
 * A port of the nodes that another Service has, or that is outside the cluster's range, is found before anything is applied.
 * What this user may not read is left to the API server. `chosen`: the port that a setting decides, which another can replace.
 * @throws FlowdeckError `conflict` with who has it and one that is free, `settings-invalid` with the range.
 */
export async function refuseUnusablePorts(
  client: Pick<ClusterClient, "list">,
  objects: readonly KubeObject[],
  { chosen, signal }: { chosen: number | undefined; signal: AbortSignal },
): Promise<void> {
  if (objects.flatMap(nodePortsOf).length === 0) return;
  const orNone = (error: unknown) => {
    if (error instanceof FlowdeckError && error.code === "forbidden") return [];
    throw error;
  };
  const [services, servers] = await Promise.all([
    client.list("v1", "Service", { signal }).catch(orNone),
    client
      .list("v1", "Pod", { namespace: "kube-system", labelSelector: "component=kube-apiserver", signal })
      .catch(orNone),
  ]);
  const problem = unusablePort({ objects, services, range: rangeOf(servers), chosen });
  if (problem) throw problem;
}

export interface PortsInput {
  /** What is to be applied. */
  objects: readonly KubeObject[];
  /** All of the cluster's. */
  services: readonly KubeObject[];
  range: PortRange | undefined;
  chosen: number | undefined;
}

/** The first port that can't be had, and what to do. Pure. */
export function unusablePort({ objects, services, range, chosen }: PortsInput): FlowdeckError | undefined {
  const own = new Set(objects.map(keyOfObject));
  const others = services.filter((service) => !own.has(keyOfObject(service)));
  const taken = new Map(others.flatMap((service) => nodePortsOf(service).map((port) => [port, service] as const)));
  const wanted = objects.flatMap(nodePortsOf);
  const free = freePort(chosen ?? usualRange.from, range ?? usualRange, new Set([...taken.keys(), ...wanted]));
  for (const port of wanted) {
    const said = problemOf(port, taken.get(port), range);
    if (said === undefined) continue;
    const code = said.id === "wayIn.portTaken" ? "conflict" : "settings-invalid";
    if (port !== chosen) return new FlowdeckError(code, said, { advice: message("wayIn.portFixed") });
    if (free === undefined) return new FlowdeckError(code, said, { advice: message("wayIn.portNoneFree") });
    const one = { port: String(free) };
    const fix = fixOf("node-port", message("fix.nodePort", one), one);
    return new FlowdeckError(code, said, { advice: message("wayIn.portFree", one), fix });
  }
  return undefined;
}

function problemOf(port: number, holder: KubeObject | undefined, range: PortRange | undefined): Message | undefined {
  if (holder) {
    const service = `${holder.metadata.namespace ?? ""}/${holder.metadata.name}`;
    return message("wayIn.portTaken", { port: String(port), service });
  }
  if (range === undefined || (port >= range.from && port <= range.to)) return undefined;
  return message("wayIn.portOutside", { port: String(port), from: String(range.from), to: String(range.to) });
}

/** The next one after the wanted port, so that it is easy to remember; else from the start of the range. */
function freePort(wanted: number, { from, to }: PortRange, taken: ReadonlySet<number>): number | undefined {
  const start = wanted >= from && wanted <= to ? wanted : from;
  for (let port = start; port <= to; port += 1) if (!taken.has(port)) return port;
  for (let port = from; port < start; port += 1) if (!taken.has(port)) return port;
  return undefined;
}

/** All ports of the nodes that a Service names; the one for health checks is from the same range. */
export function nodePortsOf({ apiVersion, kind, spec }: KubeObject): number[] {
  if (apiVersion !== "v1" || kind !== "Service") return [];
  const named = [...list(at(spec, "ports")).map((one) => at(one, "nodePort")), at(spec, "healthCheckNodePort")];
  const ports = named.map(number).filter((port) => port !== undefined);
  return [...new Set(ports.filter((port) => port > 0))];
}

/** Where the API server is a pod, its arguments say the range. Absent: unknown. */
export function rangeOf(servers: readonly KubeObject[]): PortRange | undefined {
  const [server] = servers;
  if (server === undefined) return undefined;
  const words = list(at(server, "spec", "containers")).flatMap((one) => [
    ...texts(at(one, "command")),
    ...texts(at(one, "args")),
  ]);
  const [, from, sign, second] =
    words.map((word) => /^--service-node-port-range=(\d+)([-+])(\d+)$/.exec(word)).find(Boolean) ?? [];
  if (from === undefined) return usualRange;
  return { from: Number(from), to: sign === "+" ? Number(from) + Number(second) : Number(second) };
}
