import { FlowdeckError, type ObjectDrift, type ObjectRef } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { type KubeObject, kubeObjectOf } from "../../cluster/index.ts";
import { isSecret } from "../../redaction/index.ts";
import type { InstallationFolder } from "../installation-dir/installation-dir.ts";
import type { DocumentChange } from "../installation-dir/rendered-documents.ts";
import { describe, keyOf } from "../objects.ts";
import { valueAt, withFields } from "../overlay/apply-overlay.ts";
import { type Overlay, type OverlayChange, writeOverlay } from "../overlay/overlay-file.ts";
import type { DifferingField } from "./differing-fields.ts";
import type { RenderedObjects } from "./rendered-objects.ts";

/** A rendered object that an entry of the overlay changes; without an entry it is as the release has it. */
export interface KeptDocument extends DocumentChange {
  component: string;
  change?: OverlayChange;
}

/** Values of Secrets are never written into the folder, and definitions are too large for it. */
export function canBeOverlaid({ apiVersion, kind }: ObjectRef): boolean {
  return !isSecret({ apiVersion, kind }) && kind !== "CustomResourceDefinition";
}

/** The overlay's entry that makes an object's present state part of the installation, on top of an earlier one. Pure. */
export function overlayOf(
  { object, component }: Pick<ObjectDrift, "object" | "component">,
  rendered: KubeObject,
  differing: readonly DifferingField[] | "deleted",
  before: OverlayChange | undefined,
): OverlayChange {
  const original = before === undefined ? rendered : originalOf(rendered, before);
  if (differing === "deleted") return { component, object, fields: [], leftOut: original };
  const paths = new Set(differing.map(({ path }) => path));
  const fields = differing.map(({ path, live }) => {
    const was = valueAt(original, path);
    return { path, ...(live === undefined ? {} : { value: live }), ...(was === undefined ? {} : { was }) };
  });
  return { component, object, fields: [...(before?.fields ?? []).filter(({ path }) => !paths.has(path)), ...fields] };
}

/** What the release had before an entry changed it. Pure. */
export function originalOf(rendered: KubeObject, { fields, leftOut, object }: OverlayChange): KubeObject {
  if (leftOut !== undefined) return kubeObjectOf(leftOut, object);
  // The last ones first, so that what was put into a list goes before the list itself.
  return withFields(
    rendered,
    fields.toReversed().map(({ path, was }) => ({ path, value: was })),
  ).object;
}

/** Writes an overlay, and into KF_DIR/rendered what it makes of the objects. Throws what the folder throws. */
export async function writeKept(
  folder: InstallationFolder,
  overlay: Overlay,
  changes: readonly KeptDocument[],
): Promise<void> {
  await writeOverlay(folder.path, overlay);
  for (const [component, own] of Map.groupBy(changes, (change) => change.component))
    await folder.changeRendered(component, own);
}

/** The document as it was before its change was kept; undefined where none was. Pure. */
export function listedAgain(
  { overlay, rendered }: { overlay: Overlay; rendered: Pick<RenderedObjects, "get"> },
  ref: ObjectRef,
): KeptDocument | undefined {
  const change = overlay.get(keyOf(ref));
  const before = rendered.get(ref);
  if (change === undefined) return undefined;
  if (before !== undefined) return { component: change.component, before, after: originalOf(before, change) };
  const { leftOut } = change;
  return leftOut && { component: change.component, after: kubeObjectOf(leftOut, ref) };
}

/** What KF_DIR/rendered has of an object once an entry counts. Throws `not-allowed` where it has no place for a field. */
export function renderedWith(rendered: KubeObject, change: OverlayChange): KubeObject | undefined {
  if (change.leftOut !== undefined) return undefined;
  const { object, unfit } = withFields(rendered, change.fields);
  if (unfit.length === 0) return object;
  throw new FlowdeckError(
    "not-allowed",
    message("overlay.noPlace", { object: describe(change.object), fields: unfit.join(", ") }),
    { advice: message("overlay.noPlaceWay") },
  );
}

/** Entries as differences that somebody wants, for whoever lists them. Pure. */
export function keptInOverlay(overlay: Overlay, shownOtherwise: ReadonlySet<string>): ObjectDrift[] {
  return [...overlay.values()]
    .filter(({ object, alone }) => !alone && !shownOtherwise.has(keyOf(object)))
    .map(({ object, component, fields, leftOut }) => ({
      ...{ object, component, what: leftOut === undefined ? "changed" : "deleted" },
      fields: fields.slice(0, 20).map(({ path, value, was }) => ({
        path,
        ...(was === undefined ? { added: true } : { applied: short(was) }),
        ...(value === undefined ? {} : { live: short(value) }),
      })),
      more: Math.max(0, fields.length - 20),
      ...{ state: "overlay", kept: true, restorable: true },
    }));
}

function short(value: unknown): string {
  const json = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? `${inner}` : inner));
  return json.length <= 200 ? json : `${json.slice(0, 200)}…`;
}
