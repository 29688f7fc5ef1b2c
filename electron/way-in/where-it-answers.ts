import type { AccessSettings, AccessView } from "../../common/contract/index.ts";
import { at, list, number, text } from "../../common/json/index.ts";
import { addressOfNode, conditionOf } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { endsAtGateway, wayInName } from "../install/index.ts";

export interface Dashboard {
  namespace: string;
  service: string;
  port: number;
}

/** Where an installation answers, as its cluster says it. */
export interface Places {
  /** Addresses and names, the best first; empty while there are none. */
  hosts: string[];
  port: number;
  waiting?: AccessView["waiting"];
  /** Its nodes are containers of this computer. */
  kind?: boolean;
}

type Reading = Pick<ClusterClient, "get" | "list">;

/** The way in that a Service has by itself, where nobody chose one. Pure. */
export function accessOf(service: KubeObject | undefined, plainPort: number): AccessSettings {
  const type = text(at(service, "spec", "type"));
  const tls = { kind: "none" } as const;
  if (type === "LoadBalancer") return { way: "loadBalancer", tls };
  if (type !== "NodePort") return { way: "forward", tls };
  const nodePort = nodePortOf(service, plainPort);
  return { way: "nodePort", tls, ...(nodePort === undefined ? {} : { nodePort }) };
}

/** Where it answers now, or what it waits for and what helps. Throws what the API server answers. */
export async function whereItAnswers(
  client: Reading,
  access: AccessSettings,
  { dashboard, practice, signal }: { dashboard: Dashboard; practice: boolean; signal: AbortSignal },
): Promise<Places> {
  const { namespace, service: name } = dashboard;
  const port = endsAtGateway(access) ? 443 : dashboard.port;
  const service = await client.get({ apiVersion: "v1", kind: "Service", namespace, name }, signal);
  if (service === undefined)
    return { hosts: [], port, waiting: { said: message("wayIn.waitService", { service: `${namespace}/${name}` }) } };
  switch (access.way) {
    case "forward":
      return { hosts: [], port };
    case "nodePort": {
      const nodes = (await client.list("v1", "Node", { signal })).filter(isReady);
      const hosts = nodes.map(addressOfNode).filter((host) => host !== undefined);
      const kind = nodes.some((node) => text(at(node, "spec", "providerID"))?.startsWith("kind://"));
      const nodePort = nodePortOf(service, port) ?? access.nodePort ?? port;
      const waiting = hosts.length === 0 ? { waiting: { said: message("wayIn.waitNodes") } } : {};
      return { hosts, port: nodePort, kind, ...waiting };
    }
    case "loadBalancer": {
      const hosts = assigned(at(service, "status", "loadBalancer", "ingress"));
      if (hosts.length > 0) return { hosts, port };
      return { hosts, port, waiting: await whyNoLoadBalancer(client, service, practice, signal) };
    }
    case "ingress":
      return ingressPlaces(client, access, namespace, signal);
    case "gateway":
      return gatewayPlaces(client, access, namespace, signal);
  }
}

async function ingressPlaces(
  client: Reading,
  access: AccessSettings,
  namespace: string,
  signal: AbortSignal,
): Promise<Places> {
  const port = access.tls.kind === "none" ? 80 : 443;
  const ref = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", namespace, name: wayInName };
  const ingress = await client.get(ref, signal);
  if (ingress === undefined) return { hosts: [], port, waiting: missing(`Ingress ${namespace}/${wayInName}`) };
  const hosts = assigned(at(ingress, "status", "loadBalancer", "ingress"));
  const name = access.ingressClass ?? message("wayIn.waitDefaultClass");
  const advice = message("wayIn.waitIngressWay", { name });
  const waiting = { said: message("wayIn.waitIngress"), advice, ...sinceOf(ingress) };
  return { hosts, port, ...(hosts.length === 0 ? { waiting } : {}) };
}

async function gatewayPlaces(
  client: Reading,
  access: AccessSettings,
  namespace: string,
  signal: AbortSignal,
): Promise<Places> {
  const port = access.tls.kind === "none" ? 80 : 443;
  const apiVersion = "gateway.networking.k8s.io/v1";
  const { gateway: parent = { name: "", namespace } } = access;
  const named = `${parent.namespace}/${parent.name}`;
  const [gateway, route] = await Promise.all([
    client.get({ apiVersion, kind: "Gateway", ...parent }, signal),
    client.get({ apiVersion, kind: "HTTPRoute", namespace, name: wayInName }, signal),
  ]);
  if (gateway === undefined) {
    const said = message("wayIn.waitGatewayMissing", { name: named });
    return { hosts: [], port, waiting: { said, advice: message("wayIn.waitGatewayWay") } };
  }
  if (route === undefined) return { hosts: [], port, waiting: missing(`HTTPRoute ${namespace}/${wayInName}`) };
  const refused = list(at(route, "status", "parents"))
    .map((one) => conditionOf({ status: one }, "Accepted"))
    .find((condition) => condition?.status === "False");
  if (refused) {
    const words = refused.message ?? refused.reason ?? "";
    return { hosts: [], port, waiting: { said: message("wayIn.unrouted", { words }) } };
  }
  const hosts = list(at(gateway, "status", "addresses"))
    .map((one) => text(at(one, "value")))
    .filter((host) => host !== undefined);
  const waiting = { said: message("wayIn.waitGateway", { name: named }), ...sinceOf(gateway) };
  return { hosts, port, ...(hosts.length === 0 ? { waiting } : {}) };
}

function missing(object: string): NonNullable<AccessView["waiting"]> {
  return { said: message("wayIn.waitMissing", { object }), advice: message("wayIn.waitMissingWay") };
}

/** The last thing that whoever makes load balancers said of this one, else that there seems to be nobody. */
async function whyNoLoadBalancer(
  client: Reading,
  service: KubeObject,
  practice: boolean,
  signal: AbortSignal,
): Promise<NonNullable<AccessView["waiting"]>> {
  const since = sinceOf(service);
  if (practice) return { said: message("wayIn.waitPractice"), advice: message("wayIn.waitPracticeWay"), ...since };
  const { name, namespace = "" } = service.metadata;
  const fieldSelector = `involvedObject.kind=Service,involvedObject.name=${name}`;
  // Who may not read events is told without them.
  const events = await client.list("v1", "Event", { namespace, fieldSelector, signal }).catch(() => []);
  const last = events.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))).at(-1);
  const words = text(last?.message);
  if (words) return { said: message("wayIn.waitEvent", { words }), ...since };
  return { said: message("wayIn.waitProvider"), advice: message("wayIn.waitProviderWay"), ...since };
}

function timeOf(event: KubeObject): string {
  return text(event.lastTimestamp) ?? text(event.eventTime) ?? event.metadata.creationTimestamp ?? "";
}

function sinceOf({ metadata }: KubeObject): { since?: number } {
  const since = Date.parse(metadata.creationTimestamp ?? "");
  return Number.isNaN(since) ? {} : { since };
}

function assigned(ingress: unknown): string[] {
  return list(ingress)
    .map((one) => text(at(one, "ip")) ?? text(at(one, "hostname")))
    .filter((host) => host !== undefined);
}

function nodePortOf(service: KubeObject | undefined, port: number): number | undefined {
  const found = list(at(service, "spec", "ports")).find((one) => number(at(one, "port")) === port);
  return number(at(found, "nodePort"));
}

function isReady(node: KubeObject): boolean {
  return conditionOf(node, "Ready")?.status === "True" && at(node, "spec", "unschedulable") !== true;
}
