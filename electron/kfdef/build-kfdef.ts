import { type AppError, FlowdeckError } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import { type RenderedComponent, scratchFolder } from "../install/index.ts";
import { KfDir } from "../kf-dir/index.ts";
import { buildTree } from "./build/index.ts";
import { checkRoom, configPlace } from "./config/index.ts";
import { parseWithoutLiterals } from "./parse-without-literals.ts";
import { type PipelineOptions, sourcesOf } from "./pipeline.ts";
import { renderApplications } from "./render/index.ts";

export interface KfDefBuild {
  /** What stands behind -f: a path, or an address, whose file is saved in `currentFolder`. */
  configUri: string;
  currentFolder: string;
  /** Also give the objects that kustomize makes of it. */
  dump: boolean;
  signal: AbortSignal;
  onProgress: (step: "sources" | "build", fraction: number, said: Message) => void;
}

export interface BuiltKfDef {
  kfDir: string;
  fileName: string;
  applications: string[];
  /** `kustomize` was there and is as it was. */
  skipped: boolean;
  /** Paths in KF_DIR of new files for a cloud's own tools. */
  cloudFiles: string[];
  warnings: AppError[];
  components: readonly RenderedComponent[];
}

/** What `kfctl build -f` does: KF_DIR with its config file, .cache and kustomize/. No cluster is asked. */
export async function buildKfDef(options: PipelineOptions, input: KfDefBuild): Promise<BuiltKfDef> {
  const { configUri, signal, onProgress } = input;
  const { kfDir, fileName, remote } = configPlace(configUri, input.currentFolder);
  if (remote) await checkRoom(kfDir);
  const written = await options.fetch(remote ? configUri : `${kfDir}/${fileName}`, signal);
  const { text, kfdef, issues } = parseWithoutLiterals(written, configUri);
  await new KfDir(kfDir).makeFolder();
  const sources = await sourcesOf(options);
  const built = await buildTree({ kfdef, text, fileName, target: kfDir, kfDir, sources, signal, onProgress });
  const told = issues.map(({ said }) => new FlowdeckError("kfdef-invalid", said).toJSON());
  return {
    kfDir,
    fileName,
    applications: built.applications.map(({ name }) => name),
    skipped: built.skipped,
    cloudFiles: built.cloudFiles.flatMap(({ path, state }) => (state === "new" ? [path] : [])),
    warnings: [...told, ...built.warnings],
    components: input.dump ? await rendered(options, built.applications, signal) : [],
  };
}

async function rendered(
  { dataDir, tools }: PipelineOptions,
  applications: readonly { name: string; folder: string }[],
  signal: AbortSignal,
): Promise<readonly RenderedComponent[]> {
  const scratch = await scratchFolder(dataDir);
  try {
    const folders = applications.map(({ name, folder }) => ({ name, path: folder }));
    return (await renderApplications({ folders, tools, scratch: scratch.path, signal })).components;
  } finally {
    await scratch.remove();
  }
}
