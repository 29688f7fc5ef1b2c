import { checkUri } from "../config/index.ts";
import type { Issues } from "./issues.ts";
import type { Spot } from "./nodes.ts";
import type { Read } from "./read-kfdef.ts";

/** RFC 1123 label, which Kubernetes demands of names of namespaces. */
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** Windows takes these for devices, with any extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Why `name` can't be the name of one folder on every disk; undefined when it can. */
export function folderNameProblem(name: string): string | undefined {
  if (name.length > 63) return "it is longer than 63 characters";
  if (name === "." || name === ".." || /[/\\]/.test(name)) return "it leads to another folder";
  if (!/^[A-Za-z0-9._-]*$/.test(name)) return "it may have letters, digits, -, _ and . only";
  if (!/^[A-Za-z0-9]/.test(name) || name.endsWith("."))
    return "it has to begin with a letter or a digit, and not end in a dot";
  if (devices.test(name)) return "Windows keeps that name for a device";
  return undefined;
}

/** Why `path` can't be a folder inside another one; undefined when it can. */
export function insidePathProblem(path: string): string | undefined {
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "it is an absolute path";
  if (path.includes("\\") || hasControls(path)) return "it has a character that paths may not have";
  if (path.split("/").includes("..")) return "it leads out of the folder (..)";
  if (path.length > 1024) return "it is longer than 1024 characters";
  return undefined;
}

function hasControls(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\u007f");
}

/** What a KfDef must be beyond the types of its fields, so that it can be built. */
export function checkRules({ kfdef, spots }: Read, issues: Issues): void {
  const { name, namespace } = kfdef.metadata;
  if (name !== undefined && !label.test(name))
    issues.error(
      `"${name}" can't be a name here: lower-case letters, digits and -, at most 63, beginning and ending with a letter or a digit.`,
      "metadata.name",
      spots.name?.offset,
    );
  if (namespace !== undefined && !label.test(namespace))
    issues.error(`"${namespace}" can't be the name of a namespace.`, "metadata.namespace", spots.namespace?.offset);
  const { applications, plugins, secrets, repos } = kfdef.spec;
  const repoNames = unique(issues, "repo", repos, spots.repos);
  unique(issues, "application", applications, spots.applications);
  unique(issues, "secret", secrets, spots.secrets);
  unique(
    issues,
    "plugin",
    plugins.map(({ kind }) => ({ name: kind })),
    spots.plugins.map(({ spot }) => ({ spot, name: spot })),
  );
  applications.forEach((application, index) => {
    const at = spots.applications[index];
    if (at === undefined) return;
    folderName(issues, application.name, at.name);
    const { repoRef } = application;
    if (repoRef.name !== "" && !repoNames.has(repoRef.name))
      issues.error(
        `There is no repo "${repoRef.name}" under spec.repos${repoNames.size === 0 ? "" : ` (there is ${[...repoNames].join(", ")})`}.`,
        at.repo.path,
        at.repo.offset,
      );
    insidePath(issues, repoRef.path, at.path);
    application.overlays.forEach((overlay, number) => {
      const spot = at.overlays[number] ?? at.spot;
      if (overlay === "") issues.error("An overlay has no name.", spot.path, spot.offset);
      insidePath(issues, overlay, spot);
    });
    const seen = new Set<string>();
    application.parameters.forEach((parameter, number) => {
      const spot = at.parameters[number] ?? at.spot;
      if (seen.has(parameter.name))
        issues.warning(
          `The parameter ${parameter.name} is given twice: the last value counts.`,
          spot.path,
          spot.offset,
        );
      seen.add(parameter.name);
      // Both become one line `name=value` of a params.env file.
      if (/[=\r\n]/.test(parameter.name))
        issues.error("A parameter's name may have no = and no line break.", spot.path, spot.offset);
      if (/[\r\n]/.test(parameter.value))
        issues.error("A parameter's value may have no line break.", spot.path, spot.offset);
    });
  });
  repos.forEach((repo, index) => {
    const at = spots.repos[index];
    if (at === undefined) return;
    folderName(issues, repo.name, at.name);
    const problem = repo.uri === "" ? undefined : checkUri(repo.uri);
    if (problem !== undefined) issues.error(problem, at.uri.path, at.uri.offset);
  });
  secrets.forEach((secret, index) => {
    const at = spots.secrets[index];
    if (
      at !== undefined &&
      "env" in secret.source &&
      secret.source.env !== "" &&
      !/^[A-Za-z_]\w*$/.test(secret.source.env)
    )
      issues.error(
        `"${secret.source.env}" can't be the name of an environment variable.`,
        at.spot.path,
        at.spot.offset,
      );
  });
}

function folderName(issues: Issues, name: string, spot: Spot): void {
  const problem = name === "" ? undefined : folderNameProblem(name);
  if (problem !== undefined)
    issues.error(`"${name}" can't be the name of a folder, which it becomes: ${problem}.`, spot.path, spot.offset);
}

function insidePath(issues: Issues, path: string, spot: Spot): void {
  const problem = path === "" ? undefined : insidePathProblem(path);
  if (problem !== undefined) issues.error(`"${path}" is refused: ${problem}.`, spot.path, spot.offset);
}

/** The names; those that come twice are errors. Folders of disks that don't tell case apart can't either. */
function unique(
  issues: Issues,
  what: string,
  items: readonly { name: string }[],
  spots: readonly { spot: Spot; name: Spot }[],
): Set<string> {
  const seen = new Map<string, string>();
  items.forEach(({ name }, index) => {
    const at = spots[index];
    const before = seen.get(name.toLowerCase());
    if (name !== "" && before !== undefined && at !== undefined)
      issues.error(
        before === name ? `There are two ${what}s named "${name}".` : `"${name}" and "${before}" differ in case only.`,
        at.name.path,
        at.name.offset,
      );
    seen.set(name.toLowerCase(), before ?? name);
  });
  return new Set(items.map(({ name }) => name).filter((name) => name !== ""));
}
