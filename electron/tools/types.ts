import type { Message } from "../../common/words/index.ts";

/** A program and the arguments that come before a caller's own (the toolbox is told which program to act as). */
export interface Command {
  file: string;
  args: readonly string[];
}

export interface ToolProgress {
  said: Message;
  /** 0 to 1. */
  fraction: number;
}

export interface ToolboxOptions {
  signal?: AbortSignal;
  onProgress?: (progress: ToolProgress) => void;
}

/** The programs beside us. */
export interface Tools {
  /** `ready`: a toolbox is there; `buildable`: Go can build it; `missing`: neither, `found` may still hold programs. */
  toolboxState(): Promise<"ready" | "buildable" | "missing">;
  /**
   * The toolbox acting as `name`; found, or built with the local Go (minutes, the first time). Concurrent callers share
   * one build. Throws `go-missing` (what to install) or `tool-failed` (with the compiler's words).
   */
  toolbox(name: "practice" | "render" | "images" | "kubectl" | "kustomize", options?: ToolboxOptions): Promise<Command>;
  /** kubectl, or kustomize 5 and later: the toolbox's if it is ready, else one on PATH, else undefined. Never builds. */
  find(name: "kubectl" | "kustomize"): Promise<Command | undefined>;
  /** Where a program is on PATH; on Windows it may be a batch file, which {@link startOf} starts. */
  onPath(name: string): Promise<string | undefined>;
  /** The environment for children: no LD_PRELOAD, NODE_OPTIONS and the like; no proxy for loopback. */
  environment(extra?: Record<string, string>): NodeJS.ProcessEnv;
}
