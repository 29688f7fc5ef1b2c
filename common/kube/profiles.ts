import { parseQuantity } from "./quantity.ts";

/** The roles that a profile is shared with, as Kubeflow's dashboard calls them; the ClusterRoles are `kubeflow-<role>`. */
export type SharedRole = "view" | "edit";

/**
 * The name that Kubeflow's access management (kfam) gives the RoleBinding and the AuthorizationPolicy of somebody a profile
 * is shared with. Different people can come to the same name: `a.b@x` and `a-b@x`.
 * https://github.com/kubeflow/dashboard/blob/main/components/access-management/kfam/bindings.go (getBindingName)
 */
export function bindingNameOf(user: string, role: SharedRole): string {
  return `user-${user.replace(/[^a-zA-Z0-9]+/g, "-")}-clusterrole-${role}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** Why a text can't name a profile, or undefined: it becomes the name of a namespace. */
export function profileNameProblem(name: string): "empty" | "long" | "characters" | undefined {
  if (name === "") return "empty";
  if (name.length > 63) return "long";
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) ? undefined : "characters";
}

/** Why a text is no e-mail address that somebody signs in with, or undefined. */
export function userProblem(user: string): "empty" | "address" | undefined {
  if (user === "") return "empty";
  const isAddress =
    user.length <= 200 && /^[A-Za-z0-9_][^\s@,;:"'()<>[\]\\|=]*@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(user);
  return isAddress ? undefined : "address";
}

/** What a profile may use, by resource as a ResourceQuota names it; what is left out is not limited. */
export type Hard = Readonly<Record<string, string>>;

/** The resources that Flowdeck shows and asks for, by the column of a class list. */
export const quotaResources = {
  cpu: "cpu",
  memory: "memory",
  gpu: "requests.nvidia.com/gpu",
  storage: "requests.storage",
  pods: "pods",
} as const;
export type QuotaColumn = keyof typeof quotaResources;
export const quotaColumns = Object.keys(quotaResources).filter(
  (column): column is QuotaColumn => column in quotaResources,
);

/** What a quota calls the same: `cpu` is `requests.cpu`. https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
const otherNames: Record<QuotaColumn, readonly string[]> = {
  cpu: ["cpu", "requests.cpu"],
  memory: ["memory", "requests.memory"],
  gpu: ["requests.nvidia.com/gpu"],
  storage: ["requests.storage"],
  pods: ["pods", "count/pods"],
};

/** The resource that limits a column in this quota, by whichever of its names is there. */
export function limitOf(hard: Hard, column: QuotaColumn): string | undefined {
  return otherNames[column].find((name) => Object.hasOwn(hard, name));
}

/** Quotas to begin with: one learner's notebook, a small team, training with a GPU. */
export const quotaPresets = {
  small: { cpu: "4", memory: "16Gi", "requests.nvidia.com/gpu": "0", "requests.storage": "50Gi", pods: "30" },
  medium: { cpu: "8", memory: "32Gi", "requests.nvidia.com/gpu": "1", "requests.storage": "100Gi", pods: "60" },
  large: { cpu: "16", memory: "64Gi", "requests.nvidia.com/gpu": "2", "requests.storage": "200Gi", pods: "120" },
  none: {},
} as const satisfies Record<string, Hard>;
export type QuotaPreset = keyof typeof quotaPresets;
export const presetNames = Object.keys(quotaPresets).filter((name): name is QuotaPreset => name in quotaPresets);

/** Why a text is no amount of a resource, or undefined. */
export function amountProblem(column: QuotaColumn, written: string): "quantity" | "whole" | "unit" | undefined {
  const amount = parseQuantity(written);
  if (amount === undefined || amount < 0 || written !== written.trim()) return "quantity";
  if ((column === "gpu" || column === "pods") && !Number.isInteger(amount)) return "whole";
  // 16 bytes of memory: the unit was forgotten, and nothing could start.
  if ((column === "memory" || column === "storage") && amount > 0 && amount < 2 ** 20) return "unit";
  return undefined;
}

/** Where a quota allows less than is in use: what runs goes on, but nothing new starts. */
export function belowUse(hard: Hard, used: Hard): string[] {
  return Object.keys(hard).filter((name) => {
    const limit = parseQuantity(hard[name]);
    const now = parseQuantity(used[name]);
    return limit !== undefined && now !== undefined && now > limit;
  });
}

/** Whether two quotas allow the same, however it is written. */
export function sameQuota(one: Hard, other: Hard): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => {
    const [a, b] = [one[name], other[name]];
    return a !== undefined && b !== undefined && (a === b || parseQuantity(a) === parseQuantity(b));
  });
}
