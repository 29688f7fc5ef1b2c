import type { KfDefChange } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { RenderedComponent } from "../../install/index.ts";
import { dropRemovedFields } from "./fields.ts";
import { inside, items } from "./json.ts";
import { ruleFor } from "./rules.ts";
import type { Note, ServedApis } from "./types.ts";
import { dropUndeclared } from "./unknown-fields.ts";

/** Objects fit for a cluster, and what that took. */
export interface Migrated<Component> {
  components: Component[];
  /** One for each object that is not as it was, in the objects' order. */
  changes: KfDefChange[];
}

/**
 * Converts every object of an API version that the cluster no longer serves into one that it does, and leaves out what
 * it has nothing for. What the cluster serves stays as it is, and so do custom resources: their own definitions, which
 * are converted, serve the versions they are written in.
 */
export function migrate<Component extends RenderedComponent>(
  components: readonly Component[],
  served: ServedApis,
): Migrated<Component> {
  const changes: KfDefChange[] = [];
  return {
    components: components.map((component) => ({
      ...component,
      objects: component.objects.flatMap((object) => {
        const { result, change } = convertObject(component.id, object, served);
        if (change !== undefined) changes.push(change);
        return result === undefined ? [] : [result];
      }),
    })),
    changes,
  };
}

function convertObject(
  component: string,
  object: KubeObject,
  served: ServedApis,
): { result: KubeObject | undefined; change?: KfDefChange } {
  const notes: Message[] = [];
  const note = (said: Message) => void notes.push(said);
  const converted = replaceVersion(object, served, note);
  const result = converted === undefined ? undefined : declaredOnly(converted, served, note);
  if (result === object) return { result };
  const to = result === undefined ? {} : { to: result.apiVersion };
  return { result, change: { component, object: refOf(object), ...to, notes } };
}

/** The object without fields that the cluster's version of its kind does not have. */
function declaredOnly(object: KubeObject, served: ServedApis, note: Note): KubeObject {
  const known = dropRemovedFields(object, served, note);
  const schema = served.schemaOf?.(known.apiVersion, known.kind);
  return schema === undefined ? known : dropUndeclared(known, schema, note);
}

/** The object in a version that the cluster serves; undefined where there is nothing for it any more. */
function replaceVersion(object: KubeObject, served: ServedApis, note: Note): KubeObject | undefined {
  const from = object.apiVersion;
  const rule = ruleFor(object);
  if (rule === undefined || served.serves(from, object.kind)) return object;
  if (rule.to.length === 0) {
    note(rule.because ?? message("conversion.removed", { version: rule.removedIn, kind: object.kind }));
    return undefined;
  }
  const to = rule.to.find((version) => served.serves(version, object.kind));
  // Neither the old nor the new: the cluster itself says what it thinks of it.
  if (to === undefined) return object;
  const copy: KubeObject = { ...structuredClone(object), apiVersion: to };
  return rule.convert === undefined ? copy : rule.convert(copy, from, note);
}

/** An object of which the cluster does not know the kind in its version. */
export interface Unserved {
  component: string;
  object: KfDefChange["object"];
  /** The Kubernetes version that stopped serving it, where it is one of Kubernetes' own. */
  removedIn?: string;
}

/** Objects of kinds that neither the cluster nor a definition among the objects themselves serves. */
export function unserved(components: readonly RenderedComponent[], served: ServedApis): Unserved[] {
  const defined = new Set(components.flatMap(({ objects }) => objects.flatMap(definedBy)));
  return components.flatMap(({ id, objects }) =>
    objects.flatMap((object) => {
      const { apiVersion, kind } = object;
      if (served.serves(apiVersion, kind) || defined.has(`${apiVersion} ${kind}`)) return [];
      const rule = ruleFor(object);
      return [{ component: id, object: refOf(object), ...(rule === undefined ? {} : { removedIn: rule.removedIn }) }];
    }),
  );
}

function definedBy(object: KubeObject): string[] {
  if (object.kind !== "CustomResourceDefinition") return [];
  const spec = inside(object, "spec");
  const names = [spec?.version, ...items(spec?.versions).map((version) => version.name)];
  return names.map((version) => `${String(spec?.group)}/${String(version)} ${String(inside(spec, "names")?.kind)}`);
}

function refOf({ apiVersion, kind, metadata }: KubeObject): KfDefChange["object"] {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
