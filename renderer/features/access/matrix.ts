import type { AccessRow } from "../../../common/contract/index.ts";

/** The verbs that have a column each; what else a rule names is listed beside them. */
export const commonVerbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"] as const;

export function hasVerb({ verbs }: Pick<AccessRow, "verbs">, verb: string): boolean {
  return verbs.includes("*") || verbs.includes(verb);
}

/** Verbs without a column: bind, escalate, impersonate, use and the like. */
export function otherVerbs({ verbs }: Pick<AccessRow, "verbs">): string[] {
  const common: readonly string[] = commonVerbs;
  return verbs.filter((verb) => !common.includes(verb));
}

/** As kubectl writes it: `deployments.apps`, `deployments.apps/scale`. */
export function resourceName({ group, resource }: Pick<AccessRow, "group" | "resource">): string {
  const [plural = "", subresource] = resource.split("/");
  const full = group === "" ? plural : `${plural}.${group}`;
  return subresource === undefined ? full : `${full}/${subresource}`;
}

/** Rows whose resource, names, namespace or roles hold every word that was typed. */
export function filterRows(rows: readonly AccessRow[], text: string): AccessRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const all = [resourceName(row), row.namespace, ...(row.names ?? []), ...row.from].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Reads `deployments.apps/scale` or `pods` as people type a resource. */
export function parseResource(text: string): { group: string; resource: string; subresource?: string } {
  const [full = "", subresource] = text.trim().split("/");
  const dot = full.indexOf(".");
  const names = dot < 0 ? { group: "", resource: full } : { group: full.slice(dot + 1), resource: full.slice(0, dot) };
  return subresource ? { ...names, subresource } : names;
}
