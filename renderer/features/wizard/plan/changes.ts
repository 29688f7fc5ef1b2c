import type { GoneImage, KfDefChange } from "../../../../common/contract/index.ts";
import { type Language, type Message, textOf } from "../../../../common/words/index.ts";

export interface ChangeGroup {
  id: string;
  kind: string;
  from: string;
  /** Undefined where the objects are left out. */
  to: string | undefined;
  changes: KfDefChange[];
}

/** Changes of one kind and direction together, the larger groups first; only those that hold every word of a search. */
export function groupChanges(changes: readonly KfDefChange[], search: string, language: Language): ChangeGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, ChangeGroup>();
  for (const change of changes) {
    const { component, object, to, notes } = change;
    const { apiVersion, kind, namespace = "", name } = object;
    const said = notes.map((note) => textOf(note, language));
    const all = [component, apiVersion, kind, namespace, name, to ?? "", ...said].join(" ").toLowerCase();
    if (!words.every((word) => all.includes(word))) continue;
    const id = `${object.kind} ${object.apiVersion} ${to ?? ""}`;
    const group = groups.get(id);
    if (group) group.changes.push(change);
    else groups.set(id, { id, kind: object.kind, from: object.apiVersion, to, changes: [change] });
  }
  return [...groups.values()].toSorted((a, b) => b.changes.length - a.changes.length || a.id.localeCompare(b.id));
}

/** The new apiVersion, without its group where that stays: `rbac.authorization.k8s.io/v1beta1` becomes `v1`. */
export function shortened(from: string, to: string): string {
  const group = from.includes("/") ? from.slice(0, from.indexOf("/") + 1) : "";
  return group !== "" && to.startsWith(group) ? to.slice(group.length) : to;
}

/** Images to be replaced: those that are gone and those that have a replacement already, by name. */
export function imageRows(
  gone: readonly GoneImage[],
  images: Readonly<Record<string, string>>,
): { image: string; because: Message | undefined; instead: string | undefined }[] {
  const named = new Set(gone.map(({ image }) => image));
  const replaced = Object.keys(images).filter((image) => !named.has(image));
  return [
    ...gone.map(({ image, because, instead }) => ({ image, because, instead })),
    ...replaced.map((image) => ({ image, because: undefined, instead: undefined })),
  ].toSorted((a, b) => a.image.localeCompare(b.image));
}

/** An image's copy in another registry: below its prefix, with the image's own last name and tag. */
export function copyIn(registry: string, image: string): string {
  return `${registry.trim().replace(/\/+$/, "")}/${image.split("/").at(-1)}`;
}
