import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";

/** Is `path` the folder itself or something below it? By the text alone. */
export function isWithin(folder: string, path: string): boolean {
  const rest = relative(folder, path);
  return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}

/**
 * Where `path` leads with every link followed: its real path, or "outside" when that is not below `realRoot` (a real
 * path itself), or undefined when it leads nowhere.
 */
export async function realPathWithin(realRoot: string, path: string): Promise<string | "outside" | undefined> {
  const real = await realpath(path).catch(() => undefined); // absent, a circle of links, or no path at all
  if (real === undefined) return undefined;
  return isWithin(realRoot, real) ? real : "outside";
}
