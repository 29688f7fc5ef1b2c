import type {
  ObjectRef,
  UpgradeChange,
  UpgradeObject,
  UpgradePlan,
  UpgradeRemoval,
} from "../../../../common/contract/index.ts";
import { nameOf } from "../drift-words.ts";

export const listIds = ["created", "changed", "unchanged", "removed"] as const;
export type ListId = (typeof listIds)[number];

export type Listed = UpgradeObject &
  Partial<Omit<UpgradeChange, keyof UpgradeObject> & Omit<UpgradeRemoval, keyof UpgradeObject>>;

/** Objects of a list that have all words of a text in their kind or name, in groups by component; decisions come first. */
export function grouped(plan: UpgradePlan, list: ListId, text: string): { component: string; objects: Listed[] }[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all: readonly Listed[] = plan[list];
  const found = all.filter((one) => {
    const name = `${nameOf(one.object)} ${one.component}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
  const groups = [...Map.groupBy(found, ({ component }) => component)];
  return groups
    .map(([component, objects]) => ({ component, objects: objects.toSorted(inOrder) }))
    .sort((one, other) => needed(other.objects) - needed(one.objects) || one.component.localeCompare(other.component));
}

/** Keys of what can't be changed in place. */
export function recreatedIn({ changed }: UpgradePlan): string[] {
  return changed.filter(({ recreate }) => recreate !== undefined).map(({ key }) => key);
}

export function objectOf(plan: UpgradePlan, key: string): ObjectRef | undefined {
  return [...plan.changed, ...plan.removed].find((one) => one.key === key)?.object;
}

/** Is there nothing to do? */
export function isEmpty({ created, changed, removed }: UpgradePlan, prune: ReadonlySet<string>): boolean {
  const going = removed.filter(({ stays, key }) => stays === undefined || prune.has(key));
  return created.length + changed.length + going.length === 0;
}

function inOrder(one: Listed, other: Listed): number {
  return needed([other]) - needed([one]) || nameOf(one.object).localeCompare(nameOf(other.object));
}

function needed(objects: readonly Listed[]): number {
  return objects.some(({ recreate, rejected, stays }) => recreate || rejected || stays) ? 1 : 0;
}
