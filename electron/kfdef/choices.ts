import { join } from "node:path";
import { FlowdeckError, type KfDefChoices } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { choicesOf, isFolder, type RepoSources, repoCopy, usesStacks } from "./build/index.ts";
import { checkUri, configPlace } from "./config/index.ts";
import { insidePathProblem, inspectKfDef } from "./parse/index.ts";

/**
 * What the folder of one application offers. A file that uses stacks takes neither overlays nor parameters. Throws
 * `not-found` where there is no such application or folder, and what fetching the repo throws.
 */
export async function applicationChoices(
  { configUri, text, application }: { configUri: string; text: string; application: string },
  sources: RepoSources,
  signal: AbortSignal,
): Promise<KfDefChoices> {
  const { kfdef } = inspectKfDef(text, configUri);
  const found = kfdef.spec.applications.find(({ name }) => name === application);
  if (found === undefined) throw new FlowdeckError("not-found", message("kfdef.noApplication", { name: application }));
  if (usesStacks(kfdef)) return { overlays: [], parameters: [] };
  const { name, path } = found.repoRef;
  const repo = kfdef.spec.repos.find((one) => one.name === name);
  if (repo === undefined) throw new FlowdeckError("not-found", message("kfdef.noRepo", { name }));
  if (insidePathProblem(path) !== undefined || checkUri(repo.uri) !== undefined)
    throw new FlowdeckError("kfdef-invalid", message("kfdef.noChoices", { application }));
  const from = configPlace(configUri, process.cwd()).kfDir;
  const folder = join(await repoCopy(repo, { ...sources, from, signal }), path);
  if (!(await isFolder(folder)))
    throw new FlowdeckError("not-found", message("kfdef.repoNoFolder", { repo: name, path }), {
      advice: message("kfdef.correctPath", { application }),
    });
  return choicesOf(folder);
}
