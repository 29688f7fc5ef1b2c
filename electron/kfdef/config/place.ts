import { readdir } from "node:fs/promises";
import { basename, dirname, join, posix } from "node:path";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { decodePercent } from "../../../common/text/index.ts";
import { message } from "../../../common/words/index.ts";
import { unreadable } from "../../kf-dir/index.ts";
import { localPath, pathOf } from "./read-config.ts";
import { schemeOf } from "./uri.ts";

export interface ConfigPlace {
  /** KF_DIR: where `.cache` and `kustomize` go. */
  kfDir: string;
  /** The name of CONFIG_FILE in it. */
  fileName: string;
  /** It is (to be) saved there, since CONFIG_URI is an address. */
  remote: boolean;
}

/**
 * Where kfctl works for what it is given with -f: in the folder of a local file; for an address in the current folder,
 * where the file is saved under the last part of the address (pkg/kfconfig/loaders/loaders.go).
 */
export function configPlace(configUri: string, currentFolder: string): ConfigPlace {
  if (schemeOf(configUri) !== undefined)
    return { kfDir: currentFolder, fileName: configFileName(configUri), remote: true };
  const file = configUri.startsWith("~") ? pathOf(configUri) : join(...resolved(currentFolder, configUri));
  return { kfDir: dirname(file), fileName: basename(file), remote: false };
}

function resolved(folder: string, path: string): [string, string] {
  return /^(\/|[A-Za-z]:[\\/])/.test(path) ? [path, "."] : [folder, path];
}

/** CONFIG_FILE's name: the last part of CONFIG_URI. Throws `kfdef-invalid` where that can't be a file's name. */
export function configFileName(configUri: string): string {
  const scheme = schemeOf(configUri);
  const name =
    scheme === undefined
      ? basename(pathOf(configUri))
      : scheme === "file:"
        ? basename(localPath(configUri))
        : decodePercent(posix.basename(URL.canParse(configUri) ? new URL(configUri).pathname : configUri));
  if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name) || name.startsWith(".flowdeck"))
    throw new FlowdeckError("kfdef-invalid", message("kfdef.noFileName", { uri: configUri }), {
      advice: message("kfdef.noFileNameAdvice"),
    });
  return name;
}

/**
 * A file from an address is saved only in a folder that holds one entry at most (kfctl's rule, so that nobody's own
 * files are mixed with an installation). Throws `folder-unusable`.
 */
export async function checkRoom(kfDir: string): Promise<void> {
  const found = await readdir(kfDir).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw new FlowdeckError("folder-unusable", unreadable(kfDir, error), { cause: error });
  });
  if (found.length > 1)
    throw new FlowdeckError(
      "folder-unusable",
      message("kfdef.folderNotEmpty", {
        folder: kfDir,
        entries: `${found.slice(0, 3).join(", ")}${found.length > 3 ? ", …" : ""}`,
      }),
      {
        advice: message("kfdef.folderNotEmptyAdvice"),
      },
    );
}

/** The installation's name: the file's own, or else that of the folder it is in. */
export function kfName(metadataName: string | undefined, kfDir: string): string {
  return metadataName ?? basename(kfDir);
}
