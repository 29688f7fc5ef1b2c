import {
  componentGroupOrder,
  type InstalledComponent,
  type InstalledView,
  type ReleaseInfo,
} from "../../../common/contract/index.ts";

type Group = NonNullable<InstalledComponent["group"]>;

/** Components by group, as the release has them; those of a KfDef are in none. */
export function componentGroups(
  { components, release }: Pick<InstalledView, "components" | "release">,
  releases: readonly Pick<ReleaseInfo, "id" | "components">[],
): { group: Group | undefined; components: InstalledComponent[] }[] {
  const known = releases.find(({ id }) => id === release)?.components ?? [];
  const groupOf = (component: InstalledComponent) =>
    component.group ?? known.find(({ id }) => id === component.id)?.group;
  const grouped = Map.groupBy(components, groupOf);
  return [...componentGroupOrder, undefined].flatMap((group) => {
    const found = grouped.get(group);
    return found ? [{ group, components: found }] : [];
  });
}
