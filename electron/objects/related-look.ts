import type { RelatedNode, RelatedView } from "../../common/contract/index.ts";
import { groupOf } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import type { ListQuery } from "./list-query.ts";
import { type Look, linkTo, linkToObject, lookBeside, type Named } from "./live-query.ts";
import { statusOf } from "./status.ts";

/** Looks for related objects, and keeps in mind what could not be seen. */
export class RelatedLook {
  readonly look: Look;
  readonly #limits = new Map<string, RelatedView["limits"][number]>();
  #looking = false;

  constructor(look: Look) {
    this.look = look;
  }

  get limits(): RelatedView["limits"] {
    return [...this.#limits.values()];
  }

  get looking(): boolean {
    return this.#looking;
  }

  /** Objects of a kind; none when the cluster does not serve it. */
  all(query: Omit<ListQuery, "context">): readonly KubeObject[] {
    const resource = this.look.resource(groupOf(query.apiVersion), query.kind);
    if (resource === undefined) return [];
    const apiVersion = resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
    const { objects, known, truncated, failure } = this.look.list({ ...query, apiVersion });
    if (!known) this.#looking = true;
    if (failure) this.#limits.set(query.kind, { kind: query.kind, why: "forbidden" });
    else if (truncated) this.#limits.set(query.kind, { kind: query.kind, why: "many" });
    return objects;
  }

  /** An object that something names: how it is, or that it is not there. */
  named(named: Named, how?: string): RelatedNode {
    const { object, missing } = lookBeside(this.look, named);
    if (object) return this.node(object, { ...(how ? { how } : {}) });
    return {
      link: linkTo(this.look, named),
      status: "",
      health: missing ? "bad" : "ok",
      exists: !missing,
      ...(how ? { how } : {}),
      children: [],
    };
  }

  node(object: KubeObject, { how, children = [] }: { how?: string; children?: RelatedNode[] } = {}): RelatedNode {
    const { status, health } = statusOf(object);
    return {
      link: linkToObject(this.look, object),
      status,
      health,
      exists: true,
      ...(how ? { how } : {}),
      children,
    };
  }
}

export function ownedBy(child: KubeObject, uid: string | undefined): boolean {
  return uid !== undefined && (child.metadata.ownerReferences ?? []).some((owner) => owner.uid === uid);
}
