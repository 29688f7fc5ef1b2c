import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { z } from "zod";
import { errorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { unreadable } from "../../kf-dir/index.ts";

/** A folder that stands in for the network: its sources.json maps addresses to files beside it. */
export interface Mirror {
  folder: string;
  /** The file for an address, or undefined when this mirror does not have it. Throws when it should and does not. */
  find(url: string): Promise<string | undefined>;
}

const sourcesFile = z.record(z.string(), z.string().min(1));

const whatToDo = message("source.mirrorAdvice");

/** Opens a mirror. Throws `mirror-missing` or `mirror-invalid`, naming the file. */
export async function openMirror(folder: string): Promise<Mirror> {
  const root = resolve(folder);
  const index = join(root, "sources.json");
  const folderState = await stat(root).catch(() => undefined);
  if (folderState === undefined)
    throw new FlowdeckError("mirror-missing", message("source.mirrorMissing", { folder: root }), { advice: whatToDo });
  if (!folderState.isDirectory())
    throw new FlowdeckError("mirror-missing", message("source.mirrorNoFolder", { path: root }), { advice: whatToDo });
  let text: string;
  try {
    text = await readFile(index, "utf8");
  } catch (error) {
    const missing = errorCode(error) === "ENOENT";
    throw new FlowdeckError(
      missing ? "mirror-missing" : "mirror-invalid",
      missing ? message("source.mirrorNoIndex", { folder: root }) : unreadable(index, error),
      { advice: whatToDo, cause: error },
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
    const why = error instanceof Error ? error.message : String(error);
    throw new FlowdeckError("mirror-invalid", message("source.mirrorNotJson", { file: index, why }), {
      advice: whatToDo,
      cause: error,
    });
  }
  const parsed = sourcesFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new FlowdeckError("mirror-invalid", message("source.mirrorShape", { file: index, where: where || "sources" }), {
    advice: whatToDo,
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
  const outside = new FlowdeckError(
    "mirror-invalid",
    message("source.mirrorOutside", { file: index, name, uri: url }),
    {
      advice: message("source.mirrorOutsideAdvice"),
    },
  );
  if (isAbsolute(name) || !isInside(root, file)) throw outside;
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isFile())
    throw new FlowdeckError("mirror-missing", message("source.mirrorNoFile", { file, index, uri: url }), {
      advice: message("source.mirrorNoFileAdvice"),
    });
  if (!isInside(await realpath(root), real)) throw outside;
  return file;
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
