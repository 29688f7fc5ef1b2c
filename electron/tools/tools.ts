import { access, symlink, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import envPaths from "env-paths";
import { errorCode, FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { buildToolbox } from "./build.ts";
import { cleanEnvironment } from "./environment.ts";
import { isKustomize5, isProgram, onPath, programSuffixes, toolboxName } from "./locate.ts";
import { acquireLock } from "./lock.ts";
import { moduleHash } from "./module-hash.ts";
import { prune } from "./prune.ts";
import { SharedJob } from "./shared-job.ts";
import type { Command, ToolboxOptions, ToolProgress, Tools } from "./types.ts";

export interface ToolsSettings {
  env?: NodeJS.ProcessEnv;
  /** Electron's `process.resourcesPath`, in a packaged app. */
  resources?: string;
  /** The Go module's folder; only in a checkout. */
  module?: string;
  /** Where built toolboxes are kept. */
  cache?: string;
}

const checkout = fileURLToPath(new URL("../../toolbox", import.meta.url));
const programs = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd",
  "kwok",
  "kubectl",
  "kustomize",
];

/**
 * Finds the programs beside the app: the toolbox named by FLOWDECK_TOOLBOX, the packaged one, one built earlier from
 * the same sources, or a new build; for kubectl and kustomize also those on PATH.
 */
export function createTools(settings: ToolsSettings = {}): Tools {
  const env = settings.env ?? process.env;
  const module = settings.module ?? checkout;
  const cache = settings.cache ?? join(envPaths("flowdeck", { suffix: "" }).cache, "toolbox");
  let hash: Promise<string> | undefined;

  async function built(): Promise<string | undefined> {
    if (!(await hasModule())) return undefined;
    hash ??= moduleHash(module);
    return join(cache, await hash, toolboxName);
  }

  const hasModule = async () => (await onDisk(join(module, "go.mod"))) && (await onDisk(join(module, "main.go")));

  async function ready(): Promise<string | undefined> {
    const named = env.FLOWDECK_TOOLBOX;
    if (named !== undefined && named !== "") {
      if (await isProgram(named)) return named;
      throw new FlowdeckError("tool-missing", message("toolbox.notProgram", { file: named }), {
        advice: message("toolbox.correctVariable"),
      });
    }
    const packaged = settings.resources === undefined ? undefined : join(settings.resources, "toolbox", toolboxName);
    for (const file of [packaged, await built()]) if (file !== undefined && (await isProgram(file))) return file;
    return undefined;
  }

  const building = new SharedJob(async (signal: AbortSignal, onProgress: (progress: ToolProgress) => void) => {
    const target = await built();
    const go = await onPath("go", env);
    if (target === undefined || go === undefined) throw goMissing(target !== undefined);
    const release = await acquireLock(`${dirname(target)}.lock`, signal, () =>
      onProgress({ fraction: 0, said: message("toolbox.waiting") }),
    );
    try {
      // Whoever held the lock before may have built it.
      if (!(await isProgram(target))) {
        await buildToolbox({ go, module, target, env: cleanEnvironment(env), signal, onProgress });
        await linkPrograms(target);
        await prune(cache, dirname(target));
      }
    } finally {
      await release();
    }
    return target;
  });

  return {
    async toolboxState() {
      if ((await ready()) !== undefined) return "ready";
      return (await hasModule()) && (await onPath("go", env)) !== undefined ? "buildable" : "missing";
    },
    async toolbox(name, options: ToolboxOptions = {}): Promise<Command> {
      const file = (await ready()) ?? (await building.join(options));
      await markUsed(file, cache);
      return { file, args: [name] };
    },
    async find(name) {
      const toolbox = await ready();
      if (toolbox !== undefined) return { file: toolbox, args: [name] };
      const file = await onPath(name, env);
      if (file === undefined) return undefined;
      if (name === "kustomize" && !(await isKustomize5(file, cleanEnvironment(env)))) return undefined;
      return { file, args: [] };
    },
    onPath: (name) => onPath(name, env, programSuffixes),
    environment: (extra) => cleanEnvironment(env, extra),
  };
}

function goMissing(hasSources: boolean): FlowdeckError {
  return new FlowdeckError("go-missing", message("toolbox.goMissing"), {
    advice: message(hasSources ? "toolbox.installGo" : "toolbox.noSources"),
  });
}

async function onDisk(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Links named like the programs, for people's terminals; Windows lets only administrators make them. */
async function linkPrograms(target: string): Promise<void> {
  if (process.platform === "win32") return;
  for (const name of programs) {
    await symlink(toolboxName, join(dirname(target), name)).catch(alreadyThere);
  }
}

function alreadyThere(error: unknown): void {
  if (errorCode(error) !== "EEXIST") throw error;
}

/** A toolbox in the cache is kept while it is used; see prune. */
async function markUsed(file: string, cache: string): Promise<void> {
  if (!file.startsWith(cache)) return;
  const now = new Date();
  await utimes(dirname(file), now, now).catch(() => undefined); // a cache that cannot be written is only pruned sooner
}
