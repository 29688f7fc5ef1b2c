import { chmod, mkdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { BuildProgress } from "./build-progress.ts";
import { type Ended, type RunOptions, run } from "./run.ts";
import type { ToolProgress } from "./types.ts";

export interface BuildOptions {
  /** The `go` program. */
  go: string;
  /** Folder of the module. */
  module: string;
  /** Where the binary goes; replaced in one step. */
  target: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress: (progress: ToolProgress) => void;
}

/** Builds the toolbox with the local Go. Throws `tool-failed` with the compiler's words, or AbortError. */
export async function buildToolbox(options: BuildOptions): Promise<void> {
  const moduleFile = await readFile(join(options.module, "go.mod"), "utf8");
  const progress = new BuildProgress(moduleFile.match(/^\t\S+ v\S+/gm)?.length ?? 1);
  options.onProgress({ fraction: 0, said: message("toolbox.looking") });
  const settings: RunOptions = {
    cwd: options.module,
    // One static binary, without a C compiler; the user's own Go settings (GOFLAGS) would build another.
    env: { ...options.env, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" },
    signal: options.signal,
    onLine: (line) => {
      const next = progress.line(line);
      if (next !== undefined) options.onProgress(next);
    },
  };
  const version = kubernetesVersion(moduleFile);
  const flags = ["-trimpath", "-ldflags", linkerFlags(version)];
  const listed = await run(
    options.go,
    ["list", "-deps", ...flags, "-f", "{{if .Stale}}{{.ImportPath}}{{end}}", "."],
    settings,
  );
  check(listed, message("toolbox.notListed"));
  options.onProgress(progress.plan(listed.stdout.split("\n").filter((name) => name !== "")));
  await mkdir(dirname(options.target), { recursive: true, mode: 0o700 });
  const own = join(dirname(options.target), `.${basename(options.target)}-${process.pid}`);
  try {
    check(await run(options.go, ["build", "-v", ...flags, "-o", own, "."], settings), message("toolbox.notBuilt"));
    await chmod(own, 0o755);
    await rename(own, options.target);
  } finally {
    await rm(own, { force: true });
  }
}

/** The Kubernetes version a module file requires, e.g. `v1.36.3`. */
function kubernetesVersion(moduleFile: string): string {
  return /^\tk8s\.io\/kubernetes (v\S+)/m.exec(moduleFile)?.[1] ?? "v0.0.0";
}

/** Strips debug data and tells the Kubernetes programs their version, which their own build scripts do otherwise. */
function linkerFlags(version: string): string {
  const [major = "", minor = ""] = version.slice(1).split(".");
  const set = (name: string, value: string) => `-X k8s.io/component-base/version.${name}=${value}`;
  return ["-s -w", set("gitVersion", version), set("gitMajor", major), set("gitMinor", minor)].join(" ");
}

function check(ended: Ended, said: Message): void {
  if (ended.code === 0) return;
  throw new FlowdeckError("tool-failed", said, { detail: ended.stderr });
}
