import { at, fields, list, number, text, textMap, texts } from "../../../common/json/index.ts";
import {
  atEndpointSlice,
  atIngress,
  atIngressBackend,
  atNetworkPolicy,
  atService,
} from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type Look, lookBeside } from "../live-query.ts";
import {
  annotationLines,
  conditionTable,
  type Describer,
  eventTable,
  head,
  labelLines,
  labelsLine,
  selectorWords,
  word,
  wordOr,
} from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";

/** So many addresses are named, the others counted. */
const namedAddresses = 3;

function slicesOf(look: Look, namespace: string | undefined, service: string): readonly KubeObject[] {
  return look.list({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    namespace,
    labelSelector: `kubernetes.io/service-name=${service}`,
  }).objects;
}

/** Ready addresses behind one port of a Service. */
function endpointWords(slices: readonly KubeObject[], port: string): string {
  if (slices.length === 0) return "<none>";
  const addresses = slices.flatMap((slice) => {
    const ready = list(atEndpointSlice(slice, "endpoints")).filter(
      (endpoint) => at(endpoint, "conditions", "ready") !== false,
    );
    const first = ready.map((endpoint) => texts(at(endpoint, "addresses"))[0] ?? "");
    const ports = list(atEndpointSlice(slice, "ports"));
    if (ports.length === 0) return first;
    return ports
      .filter((candidate) => wordOr("", candidate, "name") === port)
      .flatMap((candidate) =>
        first.map((address) => `${address.includes(":") ? `[${address}]` : address}:${wordOr("", candidate, "port")}`),
      );
  });
  const named = addresses.slice(0, namedAddresses).join(",");
  const more = addresses.length - namedAddresses;
  return more > 0 ? `${named} + ${more} more...` : named;
}

export const describeService: Describer = (sheet, service, look) => {
  head(sheet, service);
  const spec = atService(service, "spec");
  const joined = (field: string) => texts(at(spec, field)).join(",");
  sheet.pair("Selector", labelsLine(textMap(at(spec, "selector"))));
  sheet.pair("Type", wordOr("", spec, "type"));
  sheet.pair("IP Family Policy", word(spec, "ipFamilyPolicy"));
  sheet.pair("IP Families", joined("ipFamilies") || "<none>");
  sheet.pair("IP", wordOr("", spec, "clusterIP"));
  sheet.pair("IPs", joined("clusterIPs") || "<none>");
  sheet.pair("External IPs", joined("externalIPs") || undefined);
  sheet.pair("Desired LoadBalancer IP", word(spec, "loadBalancerIP") || undefined);
  sheet.pair("External Name", word(spec, "externalName") || undefined);
  const given = list(atService(service, "status", "loadBalancer", "ingress")).map((entry) => {
    const ip = word(entry, "ip");
    const mode = word(entry, "ipMode");
    return ip ? `${ip}${mode ? ` (${mode})` : ""}` : wordOr("", entry, "hostname");
  });
  sheet.pair("LoadBalancer Ingress", given.join(", ") || undefined);
  const slices = slicesOf(look, service.metadata.namespace, service.metadata.name);
  for (const port of list(at(spec, "ports"))) {
    const name = wordOr("<unset>", port, "name");
    const protocol = wordOr("TCP", port, "protocol");
    sheet.pair("Port", `${name}  ${wordOr("", port, "port")}/${protocol}`);
    sheet.pair("TargetPort", `${wordOr("0", port, "targetPort")}/${protocol}`);
    sheet.pair("AppProtocol", word(port, "appProtocol"));
    if (number(at(port, "nodePort"))) sheet.pair("NodePort", `${name}  ${word(port, "nodePort")}/${protocol}`);
    sheet.pair("Endpoints", endpointWords(slices, wordOr("", port, "name")));
  }
  sheet.pair("Session Affinity", word(spec, "sessionAffinity"));
  sheet.pair("External Traffic Policy", word(spec, "externalTrafficPolicy") || undefined);
  sheet.pair("Internal Traffic Policy", word(spec, "internalTrafficPolicy"));
  sheet.pair("HealthCheck NodePort", number(at(spec, "healthCheckNodePort")) || undefined);
  sheet.pair("LoadBalancer Source Ranges", joined("loadBalancerSourceRanges") || undefined);
  sheet.pair("Traffic Distribution", word(spec, "trafficDistribution"));
  eventTable(sheet, service, look);
};

export const describeIngress: Describer = (sheet, ingress, look) => {
  const { name, namespace, labels, annotations } = ingress.metadata;
  sheet.pair("Name", name);
  labelLines(sheet, "Labels", labels);
  sheet.pair("Namespace", namespace ?? "");
  const addresses = list(atIngress(ingress, "status", "loadBalancer", "ingress")).flatMap(
    (entry) => text(at(entry, "ip")) ?? text(at(entry, "hostname")) ?? [],
  );
  sheet.pair("Address", [...new Set(addresses)].toSorted().join(","));
  sheet.pair("Ingress Class", wordOr("<none>", ingress, "spec", "ingressClassName"));
  const fallback = atIngress(ingress, "spec", "defaultBackend");
  const fallbackWords = fallback === undefined ? "<default>" : backendWords(look, namespace, fallback);
  sheet.pair("Default backend", fallbackWords);
  const tls = list(atIngress(ingress, "spec", "tls"));
  if (tls.length > 0) sheet.heading("TLS");
  for (const entry of tls) {
    const secret = text(at(entry, "secretName"));
    const hosts = texts(at(entry, "hosts")).join(",");
    sheet.text(secret ? `${secret} terminates ${hosts}` : `SNI routes ${hosts}`, 1);
  }
  const rows = list(atIngress(ingress, "spec", "rules"))
    .filter((rule) => at(rule, "http") !== undefined)
    .flatMap((rule) => [
      [wordOr("*", rule, "host")],
      ...list(at(rule, "http", "paths")).map((path) => [
        "",
        wordOr("", path, "path"),
        backendWords(look, namespace, at(path, "backend")),
      ]),
    ]);
  sheet.heading("Rules");
  sheet.table(["Host", "Path", "Backends"], rows.length > 0 ? rows : [["*", "*", fallbackWords]]);
  annotationLines(sheet, annotations);
  eventTable(sheet, ingress, look);
};

function backendWords(look: Look, namespace: string | undefined, backend: unknown): string {
  const resource = atIngressBackend(backend, "resource");
  if (resource !== undefined) {
    return `APIGroup: ${wordOr("<none>", resource, "apiGroup")}, Kind: ${wordOr("", resource, "kind")}, Name: ${wordOr("", resource, "name")}`;
  }
  const name = wordOr("", backend, "service", "name");
  const port = atIngressBackend(backend, "service", "port");
  const shown = `${name}:${wordOr("", port, "number") || wordOr("", port, "name")}`;
  const { object, missing } = lookBeside(look, { apiVersion: "v1", kind: "Service", namespace, name });
  if (missing) return `${shown} (<error: services "${name}" not found>)`;
  const found = list(at(object, "spec", "ports")).find(
    (candidate) =>
      (at(port, "number") !== undefined && at(candidate, "port") === at(port, "number")) ||
      (word(port, "name") && at(candidate, "name") === at(port, "name")),
  );
  return `${shown} (${endpointWords(slicesOf(look, namespace, name), wordOr("", found, "name"))})`;
}

export const describeIngressClass: Describer = (sheet, ingressClass, look) => {
  head(sheet, ingressClass, { namespace: false });
  sheet.pair("Controller", wordOr("", ingressClass, "spec", "controller"));
  const parameters = at(ingressClass, "spec", "parameters");
  if (parameters !== undefined) {
    sheet.heading("Parameters");
    sheet.pair("APIGroup", word(parameters, "apiGroup"), 1);
    sheet.pair("Kind", word(parameters, "kind"), 1).pair("Name", word(parameters, "name"), 1);
  }
  eventTable(sheet, ingressClass, look);
};

export const describeEndpoints: Describer = (sheet, endpoints, look) => {
  head(sheet, endpoints);
  sheet.heading("Subsets");
  for (const subset of list(at(endpoints, "subsets"))) {
    const addresses = (field: string) =>
      list(at(subset, field))
        .map((address) => wordOr("", address, "ip"))
        .join(",") || "<none>";
    sheet.pair("Addresses", addresses("addresses"), 1).pair("NotReadyAddresses", addresses("notReadyAddresses"), 1);
    portTable(sheet, list(at(subset, "ports")), 1);
  }
  eventTable(sheet, endpoints, look);
};

function portTable(sheet: Sheet, ports: readonly unknown[], level: number): void {
  if (ports.length === 0) return;
  sheet.heading("Ports", level);
  sheet.table(
    ["Name", "Port", "Protocol"],
    ports.map((port) => [
      wordOr("<unset>", port, "name"),
      wordOr("<unset>", port, "port"),
      wordOr("", port, "protocol"),
    ]),
    level + 1,
  );
}

export const describeEndpointSlice: Describer = (sheet, slice, look) => {
  head(sheet, slice);
  sheet.pair("AddressType", word(slice, "addressType"));
  const ports = list(atEndpointSlice(slice, "ports"));
  if (ports.length === 0) sheet.pair("Ports", "<unset>");
  portTable(sheet, ports, 0);
  const endpoints = list(atEndpointSlice(slice, "endpoints"));
  if (endpoints.length === 0) sheet.pair("Endpoints", "<none>");
  else sheet.heading("Endpoints");
  for (const endpoint of endpoints) {
    sheet.pair("- Addresses", texts(at(endpoint, "addresses")).join(", ") || "<none>", 1);
    sheet.heading("Conditions", 2);
    sheet.pair("Ready", wordOr("<unset>", endpoint, "conditions", "ready"), 3);
    sheet.pair("Hostname", wordOr("<unset>", endpoint, "hostname"), 2);
    const target = at(endpoint, "targetRef");
    if (target !== undefined) {
      sheet.pair("TargetRef", `${wordOr("", target, "kind")}/${wordOr("", target, "name")}`, 2);
    }
    sheet.pair("NodeName", wordOr("<unset>", endpoint, "nodeName"), 2);
    sheet.pair("Zone", wordOr("<unset>", endpoint, "zone"), 2);
  }
  eventTable(sheet, slice, look);
};

export const describeNetworkPolicy: Describer = (sheet, policy) => {
  const { name, namespace, labels, annotations, creationTimestamp } = policy.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  sheet.pair("Created on", goTime(creationTimestamp));
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  sheet.heading("Spec");
  const selector = atNetworkPolicy(policy, "spec", "podSelector");
  const everything = Object.keys(fields(selector)).length === 0;
  sheet.text(
    `PodSelector: ${everything ? "<none> (Allowing the specific traffic to all pods in this namespace)" : selectorWords(selector)}`,
    1,
  );
  const types = texts(atNetworkPolicy(policy, "spec", "policyTypes"));
  direction(
    sheet,
    types.includes("Ingress"),
    "ingress",
    list(atNetworkPolicy(policy, "spec", "ingress")),
    "from",
    "From",
  );
  direction(sheet, types.includes("Egress"), "egress", list(atNetworkPolicy(policy, "spec", "egress")), "to", "To");
  sheet.text(`Policy Types: ${types.join(", ") || "<none>"}`, 1);
};

/** As Go prints a time by itself: 2026-11-23 02:53:34 +0000 UTC. */
function goTime(value: unknown): string {
  const time = new Date(text(value) ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? "" : `${time.toISOString().slice(0, 19).replace("T", " ")} +0000 UTC`;
}

function direction(
  sheet: Sheet,
  affected: boolean,
  name: "ingress" | "egress",
  rules: readonly unknown[],
  field: "from" | "to",
  title: "From" | "To",
): void {
  if (!affected) {
    sheet.text(`Not affecting ${name} traffic`, 1);
    return;
  }
  sheet.text(`Allowing ${name} traffic:`, 1);
  if (rules.length === 0) sheet.text(`<none> (Selected pods are isolated for ${name} connectivity)`, 2);
  for (const [index, rule] of rules.entries()) {
    if (index > 0) sheet.text("----------", 2);
    const ports = list(at(rule, "ports"));
    if (ports.length === 0) sheet.text("To Port: <any> (traffic allowed to all ports)", 2);
    for (const port of ports) {
      const end = word(port, "endPort");
      const protocol = wordOr("TCP", port, "protocol");
      const first = wordOr("<nil>", port, "port");
      sheet.text(end ? `To Port Range: ${first}-${end}/${protocol}` : `To Port: ${first}/${protocol}`, 2);
    }
    const peers = list(at(rule, field));
    if (peers.length === 0) {
      sheet.text(`${title}: <any> (traffic not restricted by ${field === "from" ? "source" : "destination"})`, 2);
    }
    for (const peer of peers) peerLines(sheet, title, peer);
  }
}

function peerLines(sheet: Sheet, title: string, peer: unknown): void {
  sheet.text(`${title}:`, 2);
  const namespaces = at(peer, "namespaceSelector");
  const pods = at(peer, "podSelector");
  const block = at(peer, "ipBlock");
  if (namespaces !== undefined) sheet.text(`NamespaceSelector: ${selectorWords(namespaces)}`, 3);
  if (pods !== undefined) sheet.text(`PodSelector: ${selectorWords(pods)}`, 3);
  if (block !== undefined) {
    sheet.text("IPBlock:", 3);
    sheet.text(`CIDR: ${wordOr("", block, "cidr")}`, 4);
    sheet.text(`Except: ${texts(at(block, "except")).join(", ")}`, 4);
  }
}

export const describeServiceCidr: Describer = (sheet, range, look) => {
  head(sheet, range, { namespace: false });
  sheet.pair("CIDRs", texts(at(range, "spec", "cidrs")).join(", "));
  if (list(at(range, "status", "conditions")).length > 0) sheet.heading("Status");
  conditionTable(sheet, range, ["Type", "Status", "LastTransitionTime", "Reason", "Message"]);
  eventTable(sheet, range, look);
};

export const describeIpAddress: Describer = (sheet, address, look) => {
  head(sheet, address, { namespace: false });
  const parent = at(address, "spec", "parentRef");
  if (parent !== undefined) {
    sheet.heading("Parent Reference");
    for (const [label, field] of [
      ["Group", "group"],
      ["Resource", "resource"],
      ["Namespace", "namespace"],
      ["Name", "name"],
    ] as const) {
      sheet.pair(label, wordOr("", parent, field), 1);
    }
  }
  eventTable(sheet, address, look);
};
