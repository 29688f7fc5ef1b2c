import type { CheckRow, ObjectLink, ObjectRef } from "../../../../common/contract/index.ts";

/** How a row is drawn. */
export type Look = "passed" | "must" | "should" | "running";

export function lookOf({ state, level }: Pick<CheckRow, "state" | "level">): Look {
  if (state === "passed") return "passed";
  return state === "failed" ? level : "running";
}

/** As kinds are called in addresses, by the rule that Kubernetes' own follow. */
export function addressOf({ apiVersion, kind, namespace, name }: ObjectRef): Omit<ObjectLink, "version" | "kind"> {
  const lower = kind.toLowerCase();
  const plural = lower.endsWith("s") ? `${lower}es` : lower.endsWith("y") ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return { group, plural, name, ...(namespace === undefined ? {} : { namespace }) };
}
