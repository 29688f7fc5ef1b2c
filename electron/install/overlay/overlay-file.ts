import { parseDocument, stringify } from "yaml";
import { z } from "zod";
import { errorCode } from "../../../common/contract/error-code.ts";
import { FlowdeckError, objectRef } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { dialect } from "../../../common/yaml/index.ts";
import { KfDir } from "../../kf-dir/index.ts";
import { keyOf } from "../objects.ts";

export const overlayFileName = "overlay.yaml";

const overlayField = z.object({
  /** As API servers write it: `spec.template.spec.containers[name=app].image`. */
  path: z.string().min(1),
  /** Absent: the field is removed. */
  value: z.unknown().optional(),
  /** What the release had there when the change was kept; absent: nothing. */
  was: z.unknown().optional(),
});
export type OverlayField = z.infer<typeof overlayField>;

const overlayChange = z.object({
  component: z.string(),
  object: objectRef,
  fields: z.array(overlayField),
  /** The object is left out; this is what the release had, with digests in place of secret values. */
  leftOut: z.record(z.string(), z.unknown()).optional(),
  /** It may be there all the same, and is none of the installation's. */
  alone: z.literal(true).optional(),
});
export type OverlayChange = z.infer<typeof overlayChange>;

const overlayFile = z.object({ version: z.literal(1), changes: z.array(overlayChange) });

/** By the object's key. */
export type Overlay = Map<string, OverlayChange>;

const heading = `# Changes of yours to what the release has, kept in Flowdeck: every installation from this folder makes them.
# Take an entry out, or put the object back in Flowdeck, and the release's own values count again.
`;

const most = 4 * 1024 ** 2;

/** Reads KF_DIR/overlay.yaml; empty where there is none. Throws `settings-invalid` where it can't be read as one. */
export async function readOverlay(kfDir: string): Promise<Overlay> {
  const written = await new KfDir(kfDir).readText(overlayFileName, { maxBytes: most });
  if (written === undefined) return new Map();
  const invalid = (why: string, cause?: unknown) =>
    new FlowdeckError("settings-invalid", message("overlay.invalid", { file: overlayFileName, folder: kfDir, why }), {
      advice: message("overlay.invalidWay"),
      ...(cause === undefined ? {} : { cause }),
    });
  const document = parseDocument(written, { ...dialect, uniqueKeys: false });
  const [problem] = document.errors;
  if (problem !== undefined) throw invalid(problem.message, problem);
  const parsed = overlayFile.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join(".") ?? "", parsed.error);
  return new Map(parsed.data.changes.map((change) => [keyOf(change.object), change]));
}

/** Writes it anew; an empty one is removed. Throws what the folder throws. */
export async function writeOverlay(kfDir: string, overlay: Overlay): Promise<void> {
  const files = new KfDir(kfDir);
  if (overlay.size === 0) return removed(files);
  const changes = [...overlay].toSorted(([one], [other]) => one.localeCompare(other)).map(([, change]) => change);
  const body = stringify({ version: 1, changes }, { ...dialect, lineWidth: 0, aliasDuplicateObjects: false });
  await files.write(overlayFileName, heading + body);
}

async function removed(files: KfDir): Promise<void> {
  try {
    await files.remove(overlayFileName);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}
