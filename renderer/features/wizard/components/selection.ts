import {
  type ComponentInfo,
  componentGroupOrder,
  type Language,
  type ReleaseInfo,
} from "../../../../common/contract/index.ts";

export type ComponentGroup = ComponentInfo["group"];

/** The chosen ids of a draft: the whole release where nothing was chosen yet; required ones are always in. */
export function chosenIds(release: ReleaseInfo | undefined, components: readonly string[] | undefined): string[] {
  if (!release) return [];
  return release.components
    .filter((component) => component.required || components === undefined || components.includes(component.id))
    .map((component) => component.id);
}

export function toggle(chosen: readonly string[], id: string, on: boolean): string[] {
  const others = chosen.filter((other) => other !== id);
  return on ? [...others, id] : others;
}

/** Groups in the order they are installed in, with the components a search leaves. */
export function grouped(
  components: readonly ComponentInfo[],
  search: string,
  language: Language,
): { group: ComponentGroup; components: ComponentInfo[] }[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (component: ComponentInfo) => {
    const text =
      `${component.id} ${component.title.en} ${component.title[language]} ${component.description[language]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return componentGroupOrder
    .map((group) => ({ group, components: components.filter((c) => c.group === group && matches(c)) }))
    .filter((entry) => entry.components.length > 0);
}

/**
 * Chosen ids with all they need, and for each added one who needs it; the backend resolves the same way, this is what
 * is shown while its answer is on the way.
 */
export function withNeeds(components: readonly ComponentInfo[], chosen: readonly string[]): Map<string, string[]> {
  const byId = new Map(components.map((component) => [component.id, component]));
  const result = new Map<string, string[]>(chosen.map((id) => [id, []]));
  for (const [id] of result) {
    for (const need of byId.get(id)?.needs ?? []) {
      const by = result.get(need.id);
      if (by === undefined)
        result.set(need.id, [id]); // a Map's iteration also visits what is added meanwhile
      else by.push(id);
    }
  }
  return result;
}
