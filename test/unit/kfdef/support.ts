import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BuildTreeInput, type BuiltTree, buildTree } from "../../../electron/kfdef/build/index.ts";
import { parseKfDef } from "../../../electron/kfdef/parse/index.ts";
import { assetsDir } from "../install/support.ts";

export interface App {
  name: string;
  path: string;
  overlays?: string[];
  parameters?: Record<string, string>;
}

/** A KfDef with these applications of one repo. */
export function kfdefText(apps: readonly App[], uri: string, rest = ""): string {
  const one = ({ name, path, overlays = [], parameters = {} }: App) => `  - kustomizeConfig:
${overlays.length === 0 ? "" : `      overlays:\n${overlays.map((overlay) => `      - ${overlay}\n`).join("")}`}${
  Object.keys(parameters).length === 0
    ? ""
    : `      parameters:\n${Object.entries(parameters)
        .map(([key, value]) => `      - name: ${key}\n        value: "${value}"\n`)
        .join("")}`
}      repoRef:
        name: manifests
        path: ${path}
    name: ${name}
`;
  return `apiVersion: kfdef.apps.kubeflow.org/v1
kind: KfDef
metadata:
  namespace: kubeflow
spec:
  applications:
${apps.map(one).join("")}${rest}  repos:
  - name: manifests
    uri: ${uri}
  version: v1.0.0
`;
}

/** Writes files, by their paths, into a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** All files of a folder, by their paths. */
export async function readFiles(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(folder.length + 1)] = await readFile(path, "utf8");
  }
  return found;
}

/** Everything there is in a folder, links and folders included. */
export async function names(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

/** Parses and builds into `base`/kf, as an installation does. */
export async function build(text: string, base: string, more: Partial<BuildTreeInput> = {}): Promise<BuiltTree> {
  const { kfdef } = parseKfDef(text, "kfdef.yaml");
  const target = join(base, "kf");
  return buildTree({
    kfdef,
    text,
    fileName: "kfdef.yaml",
    target,
    kfDir: target,
    sources: { dataDir: join(base, "data"), assetsDir, pinned: [] },
    ...more,
  });
}
