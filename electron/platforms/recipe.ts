import { createHash } from "node:crypto";
import { join } from "node:path";
import type { PlatformAction, PreparedAction, ToolName } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import { commandLine } from "./asker.ts";

/** One command of an action. */
export interface Step {
  tool: ToolName;
  args: readonly string[];
  env?: Record<string, string>;
}

/** All that an action does. */
export interface Recipe {
  steps: readonly Step[];
  /** What deletes it again when it is stopped half-way. */
  undo: readonly Step[];
  files: readonly { path: string; text: string }[];
  /** The kubeconfig that it leaves, or that goes with the cluster: a file of its own in the data folder. */
  kubeconfig?: string;
  about: Message;
  cost?: Message;
  minutes: number;
  /** Its commands may ask: they need a terminal. */
  asks?: true;
  warnings: readonly Message[];
}

export type CreateAction = Extract<PlatformAction, { action: "create" }>;
export type Place = Pick<PlatformAction, "platform" | "name" | "region" | "account">;

/** The kubeconfig of a cluster that was added here. Its name says whose it is, and can't lead out of the folder. */
export function kubeconfigPath(dataDir: string, { platform, name, region, account }: Place): string {
  const parts = [platform, account, region, name].filter((part) => part !== undefined);
  const file = parts
    .join("-")
    .replace(/[^A-Za-z0-9._-]/g, "_")
    .replace(/^\.+/, "_");
  return join(dataDir, "clusters", `${file}.yaml`);
}

export function linesOf(steps: readonly Step[]): string[] {
  return steps.map(({ tool, args, env }) => commandLine(tool, args, env));
}

/** Of everything that decides what runs. */
export function digestOf(recipe: Recipe): string {
  const { steps, undo, files, kubeconfig } = recipe;
  return createHash("sha256")
    .update(JSON.stringify([steps, undo, files, kubeconfig]))
    .digest("hex");
}

export function preparedOf(recipe: Recipe, limits: PreparedAction["limits"]): PreparedAction {
  const { about, cost, minutes, warnings, files, steps } = recipe;
  return {
    lines: linesOf(steps),
    files: files.map((file) => ({ ...file })),
    about,
    ...(cost === undefined ? {} : { cost }),
    minutes,
    warnings: [...warnings],
    limits,
    digest: digestOf(recipe),
  };
}
