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

/**
 * An object as messages name it, `Deployment kubeflow/web`, with its kind introduced: 디플로이먼트(Deployment) kubeflow/web.
 * Any other text, and an object of a kind that has one name only, is given as it is.
 */
export function introducedObject(t: TFunction, language: Language, object: string): string {
  const [, kind, name] = /^([A-Z][A-Za-z]*) (\S+)$/.exec(object) ?? [];
  if (language !== "ko" || kind === undefined || name === undefined) return object;
  const lower = kind.toLowerCase();
  const plurals = [`${lower}s`, `${lower}es`, lower.replace(/y$/, "ies")];
  const key = Object.keys(named).find((known) => plurals.includes(known.split(".", 1)[0] ?? ""));
  return key === undefined || !isNamed(key) ? object : `${t(`browse.kind.${named[key]}`)}(${kind}) ${name}`;
}
