import { posix } from "node:path";

/** Paths in archives that come from containers: nothing in them may lead out of the folder that was asked for. */

/** As tar writes the names of what it was told to pack: without a leading slash, without `./` and `../` in front. */
export function tarPrefix(path: string): string {
  const parts = posix
    .normalize(path)
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const first = parts.findIndex((part) => part !== "..");
  return first < 0 ? "" : parts.slice(first).join("/");
}

/**
 * Where an entry lies within what was asked for: "" for that itself, `sub/file` below it; undefined when it is not in it
 * or would lead out of it.
 */
export function insidePath(prefix: string, entry: string): string | undefined {
  if (entry.includes("\0")) return undefined;
  const parts = entry.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return undefined;
  const path = parts.join("/");
  if (prefix === "") return path;
  if (path === prefix) return "";
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
}

/** The name a copy gets; what a file system would take for a path is replaced. */
export function copyName(path: string): string {
  const base = posix.basename(posix.normalize(path));
  return base === "" || base === "." || base === ".." || base === "/" ? "root" : base.replaceAll(/[\\/:\0]/g, "_");
}

/** A name on its way into a container: below the folder it is meant for. Undefined when it would lead out of it. */
export function uploadPath(path: string): string | undefined {
  if (path.startsWith("/") || path.includes("\0")) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? undefined : parts.join("/");
}

/** A path that a program does not take for an option. */
export function asArgument(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}
