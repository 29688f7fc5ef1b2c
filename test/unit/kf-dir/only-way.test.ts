import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Files of the rooms that work in KF_DIR and touch the disk elsewhere, and where that is. */
const elsewhere: Readonly<Record<string, string>> = {
  "electron/cli/sign-in-commands.ts": "reads the list or the connector that an option names",
  "electron/install/disk.ts": "asks how much is free",
  "electron/install/installation-dir/folder-lock.ts": "reads /proc to tell processes apart",
  "electron/install/installation-dir/installation-dir.ts": "looks at KF_DIR itself and BASE_DIR, and makes KF_DIR",
  "electron/install/installation-dir/secrets.ts": "the app's data folder",
  "electron/install/plan/plan-store.ts": "the app's data folder",
  "electron/install/release/catalogue.ts": "the app's own assets",
  "electron/install/installer.ts": "looks for the app's own command",
  "electron/install/render/build.ts": "the app's data folder and what builders write there",
  "electron/install/render/render-cache.ts": "the app's data folder",
  "electron/install/render/check-folders.ts": "reads the copies that are going to be built",
  "electron/install/render/child-limits.ts": "reads /proc for a program's memory",
  "electron/install/render/working-copy.ts": "copies verified sources inside the app's data folder",
  "electron/install/sources/archive.ts": "the app's data folder",
  "electron/install/sources/download.ts": "the app's data folder",
  "electron/install/sources/git-tree.ts": "the app's data folder",
  "electron/install/sources/mirror.ts": "the mirror's folder",
  "electron/install/sources/scratch.ts": "the app's data folder",
  "electron/install/sources/sources.ts": "the app's data folder",
  "electron/kfdef/build/application.ts": "the new folder that a build makes",
  "electron/kfdef/build/build-tree.ts": "the new folder that a build makes",
  "electron/kfdef/build/choices.ts": "a copy of a repo",
  "electron/kfdef/build/files.ts": "copies trees to new folders, each link checked",
  "electron/kfdef/build/references.ts": "reads by real paths, each checked to be inside",
  "electron/kfdef/build/repo-copy.ts": "the app's data folder",
  "electron/kfdef/build/repos.ts": "archives, and the new folder that a build makes",
  "electron/kfdef/build/stacks.ts": "the new folder that a build makes",
  "electron/kfdef/config/place.ts": "looks at the current folder itself",
  "electron/kfdef/config/read-config.ts": "the file that the user names",
  "electron/kfdef/render/working-copy.ts": "reads by real paths, each checked to be inside; writes to a copy",
};

it("leaves what is in KF_DIR to KfDir: a file that touches the disk says here what else it touches", async () => {
  const found: string[] = [];
  for await (const file of glob("electron/{install,kfdef,cli}/**/*.ts", { cwd: root })) {
    const text = await readFile(join(root, file), "utf8");
    // The command line's own files are none of KF_DIR.
    if (file.startsWith("electron/cli") && !text.includes("kfDir")) continue;
    const imports = text.match(/^import (?!type )[^;]*?from "(node:fs(\/promises)?|write-file-atomic)";/gm) ?? [];
    if (imports.length > 0) found.push(file.replaceAll("\\", "/"));
  }
  const unknown = found.filter((file) => !(file in elsewhere)).sort();
  expect(unknown, "go through electron/kf-dir, or say here what the file touches").toEqual([]);
});
