import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./run.ts";

const suffix = process.platform === "win32" ? ".exe" : "";

/** The toolbox's file name here. */
export const toolboxName = `flowdeck-toolbox${suffix}`;

/** Whether a path is a file that may be run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false; // absent and not executable mean the same here
  }
}

/** What names of programs end in here, batch files included. */
export const programSuffixes = process.platform === "win32" ? [".exe", ".cmd"] : [""];

/** Where a program is on PATH. */
export async function onPath(
  name: string,
  env: NodeJS.ProcessEnv,
  suffixes: readonly string[] = [suffix],
): Promise<string | undefined> {
  for (const folder of (env.PATH ?? env.Path ?? "").split(delimiter)) {
    if (folder === "") continue;
    for (const end of suffixes) {
      const file = join(folder, name + end);
      if (await isProgram(file)) return file;
    }
  }
  return undefined;
}

/** The first number of a version text such as `v5.8.1` or `{"version":"kustomize/v4.5.7"}`. */
export function majorVersion(text: string): number | undefined {
  const found = /v?(\d+)\.\d+\.\d+/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Whether the kustomize at `file` is one that builds today's folders (5 and later). */
export async function isKustomize5(file: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const ended = await run(file, ["version"], { env, signal: AbortSignal.timeout(10_000) });
    return ended.code === 0 && (majorVersion(ended.stdout) ?? 0) >= 5;
  } catch {
    return false; // a program that does not even tell its version is not used
  }
}
