import { at, list, text } from "../../common/json/index.ts";
import {
  atEndpointSlice,
  atIngress,
  atIngressBackend,
  atService,
  atServiceReference,
  atWebhook,
  conditionOf,
  formatLabelSelector,
} from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { type Look, linkTo, lookBeside } from "./live-query.ts";
import type { Cause } from "./said-cause.ts";

/** Addresses behind a Service, from its EndpointSlices. */
export function endpointsOf(
  look: Look,
  namespace: string | undefined,
  service: string,
): { known: boolean; ready: number; all: number } {
  const { objects, known, failure } = look.list({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    namespace,
    labelSelector: `kubernetes.io/service-name=${service}`,
  });
  const endpoints = objects.flatMap((slice) => list(atEndpointSlice(slice, "endpoints")));
  // Absent means ready: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions
  const ready = endpoints.filter((endpoint) => at(endpoint, "conditions", "ready") !== false);
  return { known: known && failure === undefined, ready: ready.length, all: endpoints.length };
}

export function serviceCauses(look: Look, service: KubeObject): Cause[] {
  const { namespace, name } = service.metadata;
  const causes: Cause[] = [];
  const type = text(atService(service, "spec", "type"));
  const selector = formatLabelSelector(atService(service, "spec", "selector"));
  if (selector !== undefined && type !== "ExternalName") {
    const { known, ready, all } = endpointsOf(look, namespace, name);
    if (known && ready === 0) {
      const pods = look.list({ apiVersion: "v1", kind: "Pod", namespace, labelSelector: selector });

      const seen = pods.known && pods.failure === undefined;
      if (seen && pods.objects.length === 0) {
        causes.push({ id: "serviceNoPods", params: { selector }, level: "bad", help: [] });
      } else if (seen) {
        const count = Math.max(all, pods.objects.length);
        const first = pods.objects[0];
        causes.push({
          id: "serviceNoneReady",
          params: { pods: count },
          level: "bad",
          ...(first ? { about: linkTo(look, { ...first, ...first.metadata }) } : {}),
          help: [],
        });
      }
    }
  }
  if (type === "LoadBalancer" && list(atService(service, "status", "loadBalancer", "ingress")).length === 0) {
    causes.push({ id: "addressPending", params: {}, level: "warn", help: ["events"] });
  }
  return causes;
}

/** Services an Ingress sends to, with the port it names. */
export function backendsOf(ingress: KubeObject): { service: string; port: string }[] {
  const paths = list(atIngress(ingress, "spec", "rules")).flatMap((rule) => list(at(rule, "http", "paths")));
  const backends = [atIngress(ingress, "spec", "defaultBackend"), ...paths.map((path) => at(path, "backend"))];
  const found = new Map<string, { service: string; port: string }>();
  for (const backend of backends) {
    const service = text(atIngressBackend(backend, "service", "name"));
    if (!service) continue;
    const port =
      atIngressBackend(backend, "service", "port", "name") ?? atIngressBackend(backend, "service", "port", "number");
    found.set(`${service}:${String(port)}`, { service, port: port === undefined ? "" : String(port) });
  }
  return [...found.values()];
}

export function ingressCauses(look: Look, ingress: KubeObject): Cause[] {
  const { namespace } = ingress.metadata;
  return backendsOf(ingress).flatMap(({ service }) =>
    behind(look, namespace, service, "backendMissing", "backendEmpty"),
  );
}

/** Where a webhook, an APIService or a CRD's conversion is answered. */
export function webhooksOf(object: KubeObject): { name: string; fails: boolean; namespace: string; service: string }[] {
  return list(at(object, "webhooks")).flatMap((webhook) => {
    const service = atWebhook(webhook, "clientConfig", "service");
    const name = text(atServiceReference(service, "name"));
    return name
      ? [
          {
            name: text(atWebhook(webhook, "name")) ?? "",
            fails: atWebhook(webhook, "failurePolicy") !== "Ignore",
            namespace: text(atServiceReference(service, "namespace")) ?? "",
            service: name,
          },
        ]
      : [];
  });
}

export function webhookCauses(look: Look, object: KubeObject): Cause[] {
  const seen = new Set<string>();
  return webhooksOf(object).flatMap(({ namespace, service, fails }) => {
    if (seen.has(`${namespace}/${service}`)) return [];
    seen.add(`${namespace}/${service}`);
    return behind(look, namespace, service, "webhookMissing", "webhookEmpty").map(
      (cause): Cause => ({ ...cause, level: fails ? "bad" : "warn" }),
    );
  });
}

function behind(
  look: Look,
  namespace: string | undefined,
  service: string,
  missingId: "backendMissing" | "webhookMissing",
  emptyId: "backendEmpty" | "webhookEmpty",
): Cause[] {
  const named = { apiVersion: "v1", kind: "Service", namespace, name: service };
  const { object, missing } = lookBeside(look, named);
  const params = { service: namespace ? `${namespace}/${service}` : service };
  if (missing) return [{ id: missingId, params, level: "bad", help: [] }];
  if (object === undefined || at(object, "spec", "type") === "ExternalName") return [];
  const { known, ready } = endpointsOf(look, namespace, service);
  return known && ready === 0 ? [{ id: emptyId, params, level: "bad", about: linkTo(look, named), help: [] }] : [];
}

export function apiServiceCauses(look: Look, object: KubeObject): Cause[] {
  const available = conditionOf(object, "Available");
  if (available?.status !== "False") return [];
  const service = text(at(object, "spec", "service", "name"));
  return [
    {
      id: "condition",
      params: { type: "Available", reason: available.reason ?? "False" },
      level: "bad",
      ...(available.message ? { words: available.message } : {}),
      ...(service
        ? {
            about: linkTo(look, {
              apiVersion: "v1",
              kind: "Service",
              namespace: text(at(object, "spec", "service", "namespace")),
              name: service,
            }),
          }
        : {}),
      help: [],
    },
  ];
}
