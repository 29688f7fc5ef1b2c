import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { KfDefChoices } from "../../../common/contract/index.ts";
import { isFolder, readIfThere } from "./files.ts";

/** Names of the overlays that an application's folder has. */
export async function overlaysIn(folder: string): Promise<string[]> {
  const overlays = join(folder, "overlays");
  if (!(await isFolder(overlays))) return [];
  const entries = await readdir(overlays, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What can be chosen for an application: its overlays, and the names that its params.env files fill in. */
export async function choicesOf(folder: string): Promise<KfDefChoices> {
  const overlays = await overlaysIn(folder);
  const parameters = new Map<string, string>();
  for (const below of ["base", ...overlays.map((name) => join("overlays", name))]) {
    const text = (await readIfThere(join(folder, below, "params.env"))) ?? "";
    for (const line of text.split(/\r?\n/)) {
      const at = line.indexOf("=");
      const name = (at === -1 ? line : line.slice(0, at)).trim();
      if (name === "" || name.startsWith("#") || parameters.has(name)) continue;
      parameters.set(name, at === -1 ? "" : line.slice(at + 1));
    }
  }
  // It counts for the whole application, in params.env or not.
  if (!parameters.has("namespace")) parameters.set("namespace", "");
  return { overlays, parameters: [...parameters].map(([name, value]) => ({ name, value })) };
}
