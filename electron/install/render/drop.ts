import type { KubeObject } from "../../cluster/index.ts";
import type { CatalogueComponent } from "../types.ts";

type Drop = NonNullable<CatalogueComponent["drop"]>[number];

function fits(object: KubeObject, drop: Drop): boolean {
  return (
    (drop.apiVersion === undefined || drop.apiVersion === object.apiVersion) &&
    (drop.kind === undefined || drop.kind === object.kind) &&
    (drop.name === undefined || drop.name === object.metadata.name) &&
    (drop.label === undefined ||
      Object.entries(object.metadata.labels ?? {}).some((pair) => pair.join("=") === drop.label))
  );
}

/** Leaves out what a release says to leave out: whole objects, or one annotation of them. Pure. */
export function dropFrom(objects: readonly KubeObject[], drops: readonly Drop[]): KubeObject[] {
  return objects.flatMap((object) => {
    const here = drops.filter((drop) => fits(object, drop));
    if (here.some((drop) => drop.annotation === undefined)) return [];
    const names = new Set(here.map((drop) => drop.annotation));
    const annotations = object.metadata.annotations;
    if (annotations === undefined || !Object.keys(annotations).some((name) => names.has(name))) return [object];
    const kept = Object.fromEntries(Object.entries(annotations).filter(([name]) => !names.has(name)));
    return [{ ...object, metadata: { ...object.metadata, annotations: kept } }];
  });
}

/**
 * Takes the namespace off objects of kinds that have none; some releases give them one, and an API server refuses it.
 * `isNamespaced` comes from discovery (or from the CRDs of the release); undefined means not known, and nothing is done.
 */
export function dropNamespaces(
  objects: readonly KubeObject[],
  isNamespaced: (apiVersion: string, kind: string) => boolean | undefined,
): KubeObject[] {
  return objects.map((object) => {
    if (object.metadata.namespace === undefined || isNamespaced(object.apiVersion, object.kind) !== false)
      return object;
    const { namespace: _none, ...metadata } = object.metadata;
    return { ...object, metadata };
  });
}
