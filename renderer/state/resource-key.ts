import type { ResourceInfo } from "../../common/contract/index.ts";
import type { ResourceKey } from "./route.ts";

/** As kubectl writes a resource: `pods`, `deployments.apps`. */
export function resourceKey(info: { plural: string; group: string }): ResourceKey {
  return info.group === "" ? info.plural : `${info.plural}.${info.group}`;
}

/**
 * What is meant by a name as kubectl takes it: plural, `plural.group`, singular, short name or kind, in any case.
 * Built-in resources come before those of CustomResourceDefinitions, the core group before others.
 */
export function findResource(served: readonly ResourceInfo[], name: string): ResourceInfo | undefined {
  const wanted = name.toLowerCase();
  const exact = served.find((info) => resourceKey(info) === wanted);
  if (exact) return exact;
  const [first = "", ...rest] = wanted.split(".");
  const group = rest.join(".");
  const matches = served.filter(
    (info) =>
      [info.plural, info.singular, info.kind.toLowerCase(), ...info.shortNames].includes(first) &&
      (group === "" || info.group === group || info.group.startsWith(`${group}.`)),
  );
  const rank = (info: ResourceInfo) =>
    (info.verbs.includes("list") ? 0 : 4) + (info.custom ? 2 : 0) + (info.group === "" ? 0 : 1);
  return matches.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** The kind's plural as it is written: Pod, pods → Pods; NetworkPolicy, networkpolicies → NetworkPolicies. */
export function pluralKind({ kind, plural }: { kind: string; plural: string }): string {
  const lower = kind.toLowerCase();
  let same = 0;
  while (same < lower.length && lower[same] === plural[same]) same += 1;
  return same === 0 ? kind : kind.slice(0, same) + plural.slice(same);
}
