import type { TFunction } from "i18next";
import type { ResourceInfo } from "../../common/contract/index.ts";
import type { Language } from "../i18n/use-language.ts";
import { pluralKind, resourceKey } from "./resource-key.ts";

type Kind = Pick<ResourceInfo, "kind" | "plural" | "group">;

/** Kinds with a shorter or translated name of their own. */
const named = {
  pods: "pods",
  "deployments.apps": "deployments",
  "statefulsets.apps": "statefulsets",
  "daemonsets.apps": "daemonsets",
  "replicasets.apps": "replicasets",
  "jobs.batch": "jobs",
  "cronjobs.batch": "cronjobs",
  services: "services",
  "ingresses.networking.k8s.io": "ingresses",
  "networkpolicies.networking.k8s.io": "networkpolicies",
  persistentvolumeclaims: "claims",
  persistentvolumes: "volumes",
  "storageclasses.storage.k8s.io": "classes",
  configmaps: "configmaps",
  secrets: "secrets",
  serviceaccounts: "serviceaccounts",
  "roles.rbac.authorization.k8s.io": "roles",
  "rolebindings.rbac.authorization.k8s.io": "rolebindings",
  "clusterroles.rbac.authorization.k8s.io": "clusterroles",
  "clusterrolebindings.rbac.authorization.k8s.io": "clusterrolebindings",
  "customresourcedefinitions.apiextensions.k8s.io": "definitions",
  nodes: "nodes",
  namespaces: "namespaces",
  events: "events",
} as const;

function isNamed(key: string): key is keyof typeof named {
  return Object.hasOwn(named, key);
}

/** A kind in the plural, as lists of it are called. */
export function kindName(t: TFunction, info: Kind): string {
  const key = resourceKey(info);
  return isNamed(key) ? t(`browse.kind.${named[key]}`) : pluralKind(info);
}

/** A kind in the singular, by the name that sentences call it. */
export function singularKind(t: TFunction, language: Language, info: Kind): string {
  return language === "ko" && isNamed(resourceKey(info)) ? kindName(t, info) : info.kind;
}

/**
 * A kind where it is met first, its name in YAML and for kubectl beside the one in sentences: 디플로이먼트(Deployment).
 * Undefined where it has one name only.
 */
export function introducedKind(t: TFunction, language: Language, info: Kind): string | undefined {
  const name = singularKind(t, language, info);
  return name === info.kind ? undefined : `${name}(${info.kind})`;
}
