import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { z } from "zod";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";

/** A folder that stands in for the network: its sources.json maps addresses to files beside it. */
export interface Mirror {
  folder: string;
  /** The file for an address, or undefined when this mirror does not have it. Throws when it should and does not. */
  find(url: string): Promise<string | undefined>;
}

const sourcesFile = z.record(z.string(), z.string().min(1));

const whatToDo =
  "A mirror is a folder with a sources.json that maps each address to a file in that folder. Give another folder with --mirror, or none to download.";

/** Opens a mirror. Throws `mirror-missing` or `mirror-invalid`, naming the file. */
export async function openMirror(folder: string): Promise<Mirror> {
  const root = resolve(folder);
  const index = join(root, "sources.json");
  const folderState = await stat(root).catch(() => undefined);
  if (folderState === undefined)
    throw new FlowdeckError("mirror-missing", `The mirror folder ${root} is not there.`, { detail: whatToDo });
  if (!folderState.isDirectory())
    throw new FlowdeckError("mirror-missing", `The mirror ${root} is not a folder.`, { detail: whatToDo });
  let text: string;
  try {
    text = await readFile(index, "utf8");
  } catch (error) {
    const missing = errorCode(error) === "ENOENT";
    throw new FlowdeckError(
      missing ? "mirror-missing" : "mirror-invalid",
      missing ? `The mirror folder ${root} has no sources.json.` : `${index} cannot be read (${errorCode(error)}).`,
      { detail: whatToDo, cause: error },
    );
  }
  const entries = parseSources(text, index);
  return { folder: root, find: (url) => findFile(root, index, entries, url) };
}

function parseSources(text: string, index: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new FlowdeckError("mirror-invalid", `${index} is not JSON: ${words}`, { detail: whatToDo, cause: error });
  }
  const parsed = sourcesFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new FlowdeckError("mirror-invalid", `${index} does not map addresses to file names${where && ` (${where})`}.`, {
    detail: whatToDo,
  });
}

async function findFile(
  root: string,
  index: string,
  entries: Record<string, string>,
  url: string,
): Promise<string | undefined> {
  const name = Object.hasOwn(entries, url) ? entries[url] : undefined;
  if (name === undefined) return undefined;
  const file = resolve(root, name);
  const outside = new FlowdeckError("mirror-invalid", `${index} points outside its folder: "${name}" for ${url}.`, {
    detail: "Files of a mirror lie in its own folder: correct that entry.",
  });
  if (isAbsolute(name) || !isInside(root, file)) throw outside;
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isFile())
    throw new FlowdeckError("mirror-missing", `The mirror has no file ${file}, which ${index} names for ${url}.`, {
      detail: "Put the file there, or remove the entry so that it is downloaded.",
    });
  if (!isInside(await realpath(root), real)) throw outside;
  return file;
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
