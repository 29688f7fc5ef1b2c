import { at, list, number, text, textMap, texts } from "../../../common/json/index.ts";
import { atEndpointSlice, atIngress, atIngressBackend, atService } from "../../../common/kube/index.ts";
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
