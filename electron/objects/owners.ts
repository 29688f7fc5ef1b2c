import type { ObjectLink } from "../../common/contract/index.ts";
import { groupOf } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { type Look, linkTo, lookBeside } from "./live-query.ts";

/** Owners of owners end somewhere; a loop must not. */
const deepest = 8;

/** From the root down to the object's own controller, as far as they can be read. */
export function ownersOf(look: Look, object: KubeObject): ObjectLink[] {
  const chain: ObjectLink[] = [];
  let current: KubeObject | undefined = object;
  while (current !== undefined && chain.length < deepest) {
    const references: NonNullable<KubeObject["metadata"]["ownerReferences"]> = current.metadata.ownerReferences ?? [];
    const owner = references.find((reference) => reference.controller) ?? references[0];
    if (owner === undefined) break;
    // An owner without a namespace stands where its kind has none.
    const scoped = look.resource(groupOf(owner.apiVersion), owner.kind)?.namespaced ?? true;
    const named = {
      apiVersion: owner.apiVersion,
      kind: owner.kind,
      namespace: scoped ? object.metadata.namespace : undefined,
      name: owner.name,
      uid: owner.uid,
    };
    chain.unshift(linkTo(look, named));
    current = lookBeside(look, named).object;
  }
  return chain;
}
