import { type Message, message } from "../../../common/words/index.ts";
import { checkUri } from "../config/index.ts";
import type { Issues } from "./issues.ts";
import type { Spot } from "./nodes.ts";
import type { Read } from "./read-kfdef.ts";

/** RFC 1123 label, which Kubernetes demands of names of namespaces. */
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** Windows takes these for devices, with any extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Why `name` can't be the name of one folder on every disk; undefined when it can. */
export function folderNameProblem(name: string): Message | undefined {
  if (name.length > 63) return message("kfdef.longerThan", { most: "63" });
  if (name === "." || name === ".." || /[/\\]/.test(name)) return message("kfdef.otherFolder");
  if (!/^[A-Za-z0-9._-]*$/.test(name)) return message("kfdef.nameCharacters");
  if (!/^[A-Za-z0-9]/.test(name) || name.endsWith(".")) return message("kfdef.nameEnds");
  if (devices.test(name)) return message("kfdef.windowsDevice");
  return undefined;
}

/** Why `path` can't be a folder inside another one; undefined when it can. */
export function insidePathProblem(path: string): Message | undefined {
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return message("kfdef.absolutePath");
  if (path.includes("\\") || hasControls(path)) return message("kfdef.pathCharacters");
  if (path.split("/").includes("..")) return message("kfdef.leadsOut");
  if (path.length > 1024) return message("kfdef.longerThan", { most: "1024" });
  return undefined;
}

function hasControls(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\u007f");
}

/** What a KfDef must be beyond the types of its fields, so that it can be built. */
export function checkRules({ kfdef, spots }: Read, issues: Issues): void {
  const { name, namespace } = kfdef.metadata;
  if (name !== undefined && !label.test(name))
    issues.error(message("kfdef.badName", { name }), "metadata.name", spots.name?.offset);
  if (namespace !== undefined && !label.test(namespace))
    issues.error(message("kfdef.badNamespace", { name: namespace }), "metadata.namespace", spots.namespace?.offset);
  const { applications, plugins, secrets, repos } = kfdef.spec;
  const repoNames = unique(issues, "kfdef.twoRepos", repos, spots.repos);
  unique(issues, "kfdef.twoApplications", applications, spots.applications);
  unique(issues, "kfdef.twoSecrets", secrets, spots.secrets);
  unique(
    issues,
    "kfdef.twoPlugins",
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
        repoNames.size === 0
          ? message("kfdef.repoUnknown", { name: repoRef.name })
          : message("kfdef.repoUnknownOf", { name: repoRef.name, names: [...repoNames].join(", ") }),
        at.repo.path,
        at.repo.offset,
      );
    insidePath(issues, repoRef.path, at.path);
    application.overlays.forEach((overlay, number) => {
      const spot = at.overlays[number] ?? at.spot;
      if (overlay === "") issues.error(message("kfdef.overlayNoName"), spot.path, spot.offset);
      insidePath(issues, overlay, spot);
    });
    const seen = new Set<string>();
    application.parameters.forEach((parameter, number) => {
      const spot = at.parameters[number] ?? at.spot;
      if (seen.has(parameter.name))
        issues.warning(message("kfdef.parameterTwice", { name: parameter.name }), spot.path, spot.offset);
      seen.add(parameter.name);
      // Both become one line `name=value` of a params.env file.
      if (/[=\r\n]/.test(parameter.name)) issues.error(message("kfdef.parameterName"), spot.path, spot.offset);
      if (/[\r\n]/.test(parameter.value)) issues.error(message("kfdef.parameterValue"), spot.path, spot.offset);
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
      issues.error(message("kfdef.badVariable", { name: secret.source.env }), at.spot.path, at.spot.offset);
  });
}

function folderName(issues: Issues, name: string, spot: Spot): void {
  const problem = name === "" ? undefined : folderNameProblem(name);
  if (problem !== undefined)
    issues.error(message("kfdef.badFolderName", { name, because: problem }), spot.path, spot.offset);
}

function insidePath(issues: Issues, path: string, spot: Spot): void {
  const problem = path === "" ? undefined : insidePathProblem(path);
  if (problem !== undefined)
    issues.error(message("kfdef.pathRefused", { path, because: problem }), spot.path, spot.offset);
}

/** The names; those that come twice are errors. Folders of disks that don't tell case apart can't either. */
function unique(
  issues: Issues,
  twice: "kfdef.twoRepos" | "kfdef.twoApplications" | "kfdef.twoSecrets" | "kfdef.twoPlugins",
  items: readonly { name: string }[],
  spots: readonly { spot: Spot; name: Spot }[],
): Set<string> {
  const seen = new Map<string, string>();
  items.forEach(({ name }, index) => {
    const at = spots[index];
    const before = seen.get(name.toLowerCase());
    if (name !== "" && before !== undefined && at !== undefined)
      issues.error(
        before === name ? message(twice, { name }) : message("kfdef.caseOnly", { name, other: before }),
        at.name.path,
        at.name.offset,
      );
    seen.set(name.toLowerCase(), before ?? name);
  });
  return new Set(items.map(({ name }) => name).filter((name) => name !== ""));
}
