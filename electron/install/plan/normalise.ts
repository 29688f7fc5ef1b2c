import { fields, list, text } from "../../../common/json/index.ts";
import {
  atAutoscaler,
  atClientConfig,
  atDefinitionSpec,
  atRole,
  atScaleTarget,
  isKind,
} from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { keyOf } from "../objects.ts";
import { isWebhookConfiguration } from "./webhooks.ts";

/**
 * Leaves out what controllers own once they run, so that applying again does not take it from them:
 * - `status`, null timestamps: written by the server;
 * - `rules` of an aggregated ClusterRole: filled by the aggregation controller;
 * - an empty `caBundle`, or any where cert-manager is asked to inject one: filled by its cainjector, istiod, Knative …;
 * - empty `rules` of webhooks, and `failurePolicy` of Istio's validator: filled by their own controllers;
 * - `replicas` of what a HorizontalPodAutoscaler scales.
 * The input is not changed.
 */
export function withoutOwnedLater(object: KubeObject, scaled: ReadonlySet<string>): KubeObject {
  const { status: _status, ...rest } = object;
  const { creationTimestamp: _created, ...metadata } = rest.metadata;
  const out: KubeObject = {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...metadata, name: object.metadata.name },
  };
  if (isKind(object, "rbac.authorization.k8s.io/ClusterRole") && atRole(object, "aggregationRule") !== undefined)
    delete out.rules;
  const injected = asksForBundle(object);
  if (isWebhookConfiguration(object))
    out.webhooks = list(object.webhooks).map((webhook) => webhookWithoutOwnedLater(webhook, injected));
  if (isKind(object, "apiextensions.k8s.io/CustomResourceDefinition")) {
    out.spec = definitionWithoutOwnedBundle(object.spec, injected);
  }
  if (isKind(object, "apiregistration.k8s.io/APIService")) {
    out.spec = withoutOwnedBundle(object.spec, injected);
  }
  if (scaled.has(keyOf({ ...object, name: object.metadata.name, namespace: object.metadata.namespace }))) {
    const { replicas: _replicas, ...spec } = fields(object.spec);
    out.spec = spec;
  }
  return out;
}

/** Keys of the objects that a HorizontalPodAutoscaler among `objects` scales. */
export function scaledKeys(objects: readonly KubeObject[]): Set<string> {
  const keys = new Set<string>();
  for (const object of objects) {
    if (!isKind(object, "autoscaling/HorizontalPodAutoscaler")) continue;
    const target = atAutoscaler(object, "spec", "scaleTargetRef");
    const kind = text(atScaleTarget(target, "kind"));
    const name = text(atScaleTarget(target, "name"));
    if (!kind || !name) continue;
    const apiVersion = text(atScaleTarget(target, "apiVersion")) ?? "apps/v1";
    keys.add(keyOf({ apiVersion, kind, namespace: object.metadata.namespace, name }));
  }
  return keys;
}

/** https://cert-manager.io/docs/concepts/ca-injector/; the older prefix is that of cert-manager before 0.11. */
function asksForBundle(object: KubeObject): boolean {
  return Object.keys(object.metadata.annotations ?? {}).some((name) =>
    /^(cert-manager\.io|certmanager\.k8s\.io)\/inject-(ca-from|ca-from-secret|apiserver-ca)$/.test(name),
  );
}

function webhookWithoutOwnedLater(webhook: unknown, injected: boolean): unknown {
  const out = fields(webhook);
  out.clientConfig = withoutOwnedBundle(out.clientConfig, injected);
  if (Array.isArray(out.rules) && out.rules.length === 0) delete out.rules;
  if (/(^|\.)validation\.istio\.io$/.test(text(out.name) ?? "")) delete out.failurePolicy;
  return out;
}

function definitionWithoutOwnedBundle(spec: unknown, injected: boolean): unknown {
  const client = atDefinitionSpec(spec, "conversion", "webhook", "clientConfig");
  if (client === undefined || !(injected || hasEmptyBundle(client))) return spec;
  const conversion = fields(atDefinitionSpec(spec, "conversion"));
  const webhook = fields(conversion.webhook);
  return {
    ...fields(spec),
    conversion: { ...conversion, webhook: { ...webhook, clientConfig: withoutOwnedBundle(client, injected) } },
  };
}

/** Empty, or base64 of nothing but a newline: the stand-ins that projects write for "filled in later". */
function hasEmptyBundle(config: unknown): boolean {
  const bundle = atClientConfig(config, "caBundle");
  return bundle === null || (typeof bundle === "string" && ["", "\n", "Cg=="].includes(bundle));
}

function withoutOwnedBundle(config: unknown, injected: boolean): unknown {
  if (!injected && !hasEmptyBundle(config)) return config;
  const { caBundle: _bundle, ...rest } = fields(config);
  return rest;
}
