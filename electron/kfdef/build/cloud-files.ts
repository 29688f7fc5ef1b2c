import { type AppError, type CloudFile, FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { KfDir } from "../../kf-dir/index.ts";
import type { CloudConfig } from "../plugins/index.ts";

/** Larger than any of these files is. */
const maxBytes = 256 << 10;

export interface CloudFiles {
  files: CloudFile[];
  /** Names of the folders that are new, in the folder of work. */
  folders: string[];
  warnings: AppError[];
}

/**
 * The folders that plugins make for their clouds (`gcp_config`, `aws_config`), whole or not at all. One that is there in
 * KF_DIR is someone's work by now and is left as it is, as kfctl leaves it. `repos`: the folders that paths start from.
 */
export async function stageCloudFiles(input: {
  configs: readonly CloudConfig[];
  kfDir: string;
  work: string;
  repos: ReadonlyMap<string, { folder: string }>;
}): Promise<CloudFiles> {
  const staged: CloudFiles = { files: [], folders: [], warnings: [] };
  for (const config of input.configs) {
    const there = await keptFiles(config, input.kfDir);
    if (there !== undefined) {
      staged.files.push(...there);
      continue;
    }
    const made = await madeFiles(config, input.repos.get(config.repo)?.folder);
    if (!Array.isArray(made)) {
      staged.warnings.push(new FlowdeckError("kfdef-invalid", made.said, { advice: made.advice }).toJSON());
      continue;
    }
    const work = new KfDir(input.work);
    await work.makeFolder(config.folder);
    for (const { path, text } of made) await work.create(path, text, 0o644);
    staged.files.push(...made);
    staged.folders.push(config.folder);
  }
  return staged;
}

/** What is in KF_DIR for a cloud already; undefined where nothing is. Throws `folder-unusable` for a link. */
export async function keptFiles({ folder, files }: CloudConfig, kfDir: string): Promise<CloudFile[] | undefined> {
  const own = new KfDir(kfDir);
  if ((await own.kind(folder)) === undefined) return undefined;
  const found: CloudFile[] = [];
  for (const { to, about, command } of files) {
    const path = `${folder}/${to}`;
    const text = await own.readText(path, { maxBytes });
    if (text !== undefined)
      found.push({ path, text, about, state: "kept", ...(command === undefined ? {} : { command }) });
  }
  return found;
}

async function madeFiles(
  config: CloudConfig,
  repo: string | undefined,
): Promise<CloudFile[] | { said: Message; advice: Message }> {
  const { folder, kind, missing, path: place } = config;
  if (missing.length > 0)
    return {
      said: message("plugin.filesWait", { folder, kind, fields: missing.join(", ") }),
      advice: message("plugin.filesWaitAdvice", { fields: missing.join(", ") }),
    };
  const made: CloudFile[] = [];
  for (const { from, to, optional, change, about, command } of config.files) {
    const template = repo === undefined ? undefined : await readTemplate(repo, `${place}/${from}`);
    if (template === undefined && optional === true) continue;
    const text = template === undefined || change === undefined ? template : change(template);
    if (text === undefined)
      return {
        said: message("plugin.filesNoTemplate", { folder, kind, repo: config.repo, path: `${place}/${from}` }),
        advice: message("plugin.filesNoTemplateAdvice"),
      };
    made.push({ path: `${folder}/${to}`, text, about, state: "new", ...(command === undefined ? {} : { command }) });
  }
  return made;
}

/** A plain file of a repo: a link, or a path that leads out of the repo, is as good as none. */
async function readTemplate(repo: string, path: string): Promise<string | undefined> {
  try {
    return await new KfDir(repo).readText(path, { maxBytes });
  } catch (error) {
    if (error instanceof FlowdeckError) return undefined;
    throw error;
  }
}
