import { list, text, texts } from "../../../common/json/index.ts";
import { atWebhook, atWebhookConfiguration, atWebhookRule, groupOf, selects } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

/** One webhook of a MutatingWebhookConfiguration or ValidatingWebhookConfiguration. */
export interface Webhook {
  configuration: string;
  name: string;
  mutating: boolean;
  /** Fail is what an absent failurePolicy means; in v1beta1 it meant Ignore. */
  fails: boolean;
  service?: { namespace: string; name: string };
  /** The API server passes the question on to an APIService of this group and version (its own Service is called). */
  through?: { group: string; version: string };
  rules: unknown[];
  namespaceSelector: unknown;
  objectSelector: unknown;
}

/** What a request to the API server is about, as webhooks see it. */
export interface Reviewed {
  group: string;
  version: string;
  resource: string;
  namespaced: boolean;
  labels: Record<string, string>;
  /** Labels of the namespace it is in (with the name label); for a Namespace, its own. Undefined: cluster-scoped. */
  namespaceLabels: Record<string, string> | undefined;
}

export function isWebhookConfiguration(object: { apiVersion: string; kind: string }): boolean {
  return (
    groupOf(object.apiVersion) === "admissionregistration.k8s.io" &&
    (object.kind === "MutatingWebhookConfiguration" || object.kind === "ValidatingWebhookConfiguration")
  );
}

export function webhooksOf(configuration: KubeObject): Webhook[] {
  const absent = configuration.apiVersion.endsWith("/v1beta1") ? "Ignore" : "Fail";
  return list(atWebhookConfiguration(configuration, "webhooks")).map((webhook) => {
    const namespace = text(atWebhook(webhook, "clientConfig", "service", "namespace"));
    const name = text(atWebhook(webhook, "clientConfig", "service", "name"));
    return {
      configuration: configuration.metadata.name,
      name: text(atWebhook(webhook, "name")) ?? "",
      mutating: configuration.kind === "MutatingWebhookConfiguration",
      fails: (atWebhook(webhook, "failurePolicy") ?? absent) !== "Ignore",
      ...calledBy(namespace, name, text(atWebhook(webhook, "clientConfig", "service", "path"))),
      rules: list(atWebhook(webhook, "rules")),
      namespaceSelector: atWebhook(webhook, "namespaceSelector"),
      objectSelector: atWebhook(webhook, "objectSelector"),
    };
  });
}

/** Service default/kubernetes is the API server itself: what answers is an API that it aggregates, as the path says. */
function calledBy(
  namespace: string | undefined,
  name: string | undefined,
  path = "",
): Pick<Webhook, "service" | "through"> {
  if (!namespace || !name) return {};
  if (namespace !== "default" || name !== "kubernetes") return { service: { namespace, name } };
  const [, group, version] = /^\/apis\/([^/]+)\/([^/]+)/.exec(path) ?? [];
  return group && version ? { through: { group, version } } : {};
}

/**
 * Would the API server ask this webhook about creating (or updating) that?
 * https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-rules
 * matchPolicy Equivalent is honoured by ignoring the version; matchConditions are not looked at (they only narrow).
 */
export function intercepts(webhook: Webhook, reviewed: Reviewed): boolean {
  if (reviewed.group === "admissionregistration.k8s.io") return false;
  if (!webhook.rules.some((rule) => ruleMatches(rule, reviewed))) return false;
  if (reviewed.namespaceLabels && !selects(webhook.namespaceSelector ?? {}, reviewed.namespaceLabels)) return false;
  return selects(webhook.objectSelector ?? {}, reviewed.labels);
}

function ruleMatches(rule: unknown, reviewed: Reviewed): boolean {
  const has = (field: "apiGroups", value: string) => {
    const values = texts(atWebhookRule(rule, field));
    return values.includes("*") || values.includes(value);
  };
  const operations = texts(atWebhookRule(rule, "operations"));
  if (!operations.some((operation) => operation === "*" || operation === "CREATE" || operation === "UPDATE")) {
    return false;
  }
  const scope = atWebhookRule(rule, "scope") ?? "*";
  if (scope === "Namespaced" && !reviewed.namespaced) return false;
  if (scope === "Cluster" && reviewed.namespaced) return false;
  const resources = texts(atWebhookRule(rule, "resources"));
  const resourceMatches = resources.some((name) => name === "*" || name === "*/*" || name === reviewed.resource);
  return has("apiGroups", reviewed.group) && resourceMatches;
}
