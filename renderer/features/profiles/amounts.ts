import type { Profile } from "../../../common/contract/index.ts";
import { limitOf, parseQuantity, type QuotaColumn, quotaColumns } from "../../../common/kube/index.ts";
import { formatNumber } from "../../ui/format.ts";

const gi = 2 ** 30;

/** A profile's use of one resource, and what it may use. */
export interface Share {
  used: number;
  hard: number;
  fraction: number;
  /** From 90 % on, but not of GPUs, which are there to be used. */
  near: boolean;
}

/** Undefined where the quota says nothing about it. */
export function shareOf({ hard, used }: Pick<Profile, "hard" | "used">, column: QuotaColumn): Share | undefined {
  const resource = limitOf(hard, column);
  const limit = resource === undefined ? undefined : parseQuantity(hard[resource]);
  if (resource === undefined || limit === undefined) return undefined;
  const now = parseQuantity(used[resource]) ?? 0;
  const fraction = limit > 0 ? now / limit : now > 0 ? 1 : 0;
  return { used: now, hard: limit, fraction, near: column !== "gpu" && limit > 0 && fraction >= 0.9 };
}

const isBytes = (column: QuotaColumn) => column === "memory" || column === "storage";

/** An amount as the table writes it: memory and storage in Gi, whose unit stands after the limit only. */
export function amountIn(column: QuotaColumn, amount: number, language: string): string {
  return formatNumber(isBytes(column) ? amount / gi : amount, language);
}

export function unitOf(column: QuotaColumn): string {
  return isBytes(column) ? " Gi" : "";
}

/** An amount with its unit, as a sentence has it. */
export function amountWords(column: QuotaColumn, amount: number, language: string): string {
  return `${amountIn(column, amount, language)}${unitOf(column)}`;
}

/** The column that a resource of a quota is shown in. */
export function columnOf(resource: string): QuotaColumn | undefined {
  return quotaColumns.find((column) => limitOf({ [resource]: "1" }, column) !== undefined);
}

/** What all quotas together allow of a resource; undefined where none limits it. */
export function sumOf(profiles: readonly Profile[], column: QuotaColumn): number | undefined {
  const limits = profiles.flatMap((profile) => shareOf(profile, column)?.hard ?? []);
  return limits.length === 0 ? undefined : limits.reduce((sum, limit) => sum + limit, 0);
}
