import { createHmac } from "node:crypto";
import { FlowdeckError, type PlanAdjustment } from "../../../common/contract/index.ts";
import { fields, stringifyJson } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { CatalogueRelease, InstallSecrets, RenderedComponent } from "../types.ts";

/** On pod templates: changes with the secrets and the configuration that the pods read only when they start. */
export const configHashAnnotation = "flowdeck.dev/config-hash";

/** Where an object of a release is. */
export interface Place {
  kind: string;
  namespace?: string;
  name: string;
}

/** `Kind namespace/name`, as messages name a place. */
export function shown(place: Place): string {
  return `${place.kind} ${place.namespace === undefined ? "" : `${place.namespace}/`}${place.name}`;
}

function missing(release: CatalogueRelease, component: string, what: string | Message): FlowdeckError {
  return new FlowdeckError(
    "build-failed",
    message("render.settingPlace", { release: release.title, component, what }),
    {
      advice: message("render.settingPlaceAdvice"),
    },
  );
}

/** The components while they are being changed, object by object. */
export class Edit {
  readonly components: RenderedComponent[];
  /** What was changed, for whoever reads the plan. */
  readonly adjustments: PlanAdjustment[] = [];
  readonly #release: CatalogueRelease;

  constructor(release: CatalogueRelease, components: readonly RenderedComponent[]) {
    this.#release = release;
    this.components = components.map(({ id, objects }) => ({ id, objects: [...objects] }));
  }

  has(component: string): boolean {
    return this.components.some(({ id }) => id === component);
  }

  find(component: string, place: Place): KubeObject {
    const found = this.#objects(component).find(
      ({ kind, metadata }) =>
        kind === place.kind && metadata.name === place.name && metadata.namespace === place.namespace,
    );
    if (found === undefined) throw missing(this.#release, component, shown(place));
    return found;
  }

  /** `how` gets a copy it may write to. */
  change(component: string, place: Place, how: (object: KubeObject) => void): void {
    const before = this.find(component, place);
    const after = structuredClone(before);
    how(after);
    const objects = this.#objects(component);
    objects[objects.indexOf(before)] = after;
  }

  /** Replaces values that are there already, in `data` (base64) or in `stringData`. */
  setSecret(component: string, place: Place, values: Readonly<Record<string, string>>): void {
    this.change(component, place, (secret) => {
      const [data, plain] = [fields(secret.data), fields(secret.stringData)];
      for (const [key, value] of Object.entries(values)) {
        if (Object.hasOwn(plain, key)) plain[key] = value;
        else if (Object.hasOwn(data, key)) data[key] = Buffer.from(value).toString("base64");
        else throw this.missing(component, message("render.keyIn", { key, object: shown(place) }));
      }
      if (secret.data !== undefined) secret.data = data;
      if (secret.stringData !== undefined) secret.stringData = plain;
    });
  }

  add(component: string, object: KubeObject): void {
    this.#objects(component).push(object);
  }

  remove(component: string, place: Place): void {
    const objects = this.#objects(component);
    objects.splice(objects.indexOf(this.find(component, place)), 1);
  }

  /** Where the objects are that `fits`, in any component. */
  where(fits: (object: KubeObject) => boolean): { component: string; place: Place; object: KubeObject }[] {
    return this.components.flatMap(({ id, objects }) =>
      objects.filter(fits).map((object) => {
        const { name, namespace } = object.metadata;
        return { component: id, place: { kind: object.kind, name, ...(namespace ? { namespace } : {}) }, object };
      }),
    );
  }

  /** Says in the plan why a setting changed an object. */
  note(component: string, place: Place, said: Message): void {
    const { apiVersion } = this.find(component, place);
    this.adjustments.push({ component, object: { apiVersion, ...place }, said });
  }

  /**
   * Moves what is in the namespace `from`, and every mention of it as a namespace (of a subject, in the name of a
   * Service inside the cluster).
   */
  moveNamespace(from: string, to: string): void {
    for (const [index, { id, objects }] of this.components.entries())
      this.components[index] = { id, objects: objects.map((object) => inNamespace(object, from, to) as KubeObject) };
  }

  only(component: string, kind: string): Place {
    const found = this.#objects(component).filter((object) => object.kind === kind);
    const [first] = found;
    if (first === undefined || found.length > 1)
      throw missing(this.#release, component, message("render.single", { kind }));
    const { name, namespace } = first.metadata;
    return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  }

  /** The object of this kind and name, in whatever namespace it is. */
  named(component: string, kind: string, name: string): Place {
    const found = this.#objects(component).find((object) => object.kind === kind && object.metadata.name === name);
    if (found === undefined) throw missing(this.#release, component, shown({ kind, name }));
    const { namespace } = found.metadata;
    return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  }

  missing(component: string, what: string | Message): FlowdeckError {
    return missing(this.#release, component, what);
  }

  #objects(component: string): KubeObject[] {
    return this.components.find(({ id }) => id === component)?.objects ?? [];
  }
}

/** The same with `to` in place of the namespace `from`; what does not mention it stays as it is. */
function inNamespace(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") return value.replaceAll(`.${from}.svc`, `.${to}.svc`);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => inNamespace(item, from, to));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "namespace" && inner === from ? to : inNamespace(inner, from, to),
    ]),
  );
}

/** Marks the pod template of `workload`, so that its pods start again when one of `places` has changed. */
export function restartWith(
  edit: Edit,
  component: string,
  workload: Place,
  places: readonly Place[],
  secrets: InstallSecrets,
): void {
  // Keyed, so that whoever may read the workload cannot try out passwords against it.
  const hash = createHmac("sha256", secrets.digestKey);
  for (const place of places) {
    const { data, stringData } = edit.find(component, place);
    hash.update(stringifyJson([shown(place), data ?? {}, stringData ?? {}]));
  }
  const digest = hash.digest("hex").slice(0, 32);
  edit.change(component, workload, (object) => {
    const spec = fields(object.spec);
    const template = fields(spec.template);
    const metadata = fields(template.metadata);
    if (!Object.hasOwn(spec, "template"))
      throw edit.missing(component, message("render.podTemplateIn", { object: shown(workload) }));
    const annotations = { ...fields(metadata.annotations), [configHashAnnotation]: digest };
    object.spec = { ...spec, template: { ...template, metadata: { ...metadata, annotations } } };
  });
}
