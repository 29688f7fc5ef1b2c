import type { ResolvedComponents } from "../../../common/contract/index.ts";
import type { BothWords } from "../../../common/words/index.ts";
import type { CatalogueComponent, CatalogueRelease } from "../types.ts";

/**
 * Makes a chosen set whole: the required components, and for each component what it needs, with the reasons. The order
 * is the catalogue's. `chosen` is true for what was asked for and for what cannot be left out. Pure.
 */
export function resolveComponents(
  release: Pick<CatalogueRelease, "components">,
  chosen: readonly string[],
): ResolvedComponents {
  const byId = new Map(release.components.map((component) => [component.id, component]));
  const unknown = [...new Set(chosen.filter((id) => !byId.has(id)))];
  const asked = new Set([
    ...chosen.filter((id) => byId.has(id)),
    ...release.components.filter((component) => component.required).map((component) => component.id),
  ]);
  const reasons = new Map<string, { by: string; reason: BothWords }[]>();
  const closed = new Set<string>();
  const open = [...asked];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const component = byId.get(id);
    if (component === undefined || closed.has(id)) continue;
    closed.add(id);
    for (const need of component.needs) {
      const known = reasons.get(need.id) ?? [];
      reasons.set(need.id, [...known, { by: id, reason: need.because }]);
      open.push(need.id);
    }
  }
  const place = new Map(release.components.map((component, index) => [component.id, index]));
  const components = release.components
    .filter((component) => closed.has(component.id))
    .map((component) => ({
      id: component.id,
      chosen: asked.has(component.id),
      because: (reasons.get(component.id) ?? []).sort((a, b) => (place.get(a.by) ?? 0) - (place.get(b.by) ?? 0)),
    }));
  return { components, unknown };
}

/** The components of a resolved set, as the catalogue describes them. */
export function componentsOf(release: CatalogueRelease, resolved: ResolvedComponents): CatalogueComponent[] {
  const ids = new Set(resolved.components.map((component) => component.id));
  return release.components.filter((component) => ids.has(component.id));
}
