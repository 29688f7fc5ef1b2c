import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { FlowdeckError, type PracticeOptions } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { Command } from "../tools/index.ts";
import { type Control, findSupervisor, type SupervisorStatus } from "./control.ts";
import type { ClusterFolder } from "./folder.ts";

const appearsWithin = 15_000;
const askEvery = 40;
/** Exit code of a supervisor that found another one at work in the folder. */
const alreadyRunning = 3;

/**
 * Starts a supervisor that outlives this process, and finds it by its control file. When another process was faster,
 * that one's supervisor is given. Throws `practice-failed` with the supervisor's last words.
 */
export async function launchSupervisor(
  folder: ClusterFolder,
  command: Command,
  env: NodeJS.ProcessEnv,
  options: Partial<PracticeOptions>,
  owner: "app" | "cli",
): Promise<{ control: Control; status: SupervisorStatus }> {
  const logPath = folder.file("logs/supervisor.log");
  const log = openSync(logPath, "w", 0o600);
  const ended = Promise.withResolvers<number | Error>();
  try {
    const child = spawn(command.file, [...command.args, ...supervisorArguments(folder.path, options, owner)], {
      detached: true,
      env,
      stdio: ["ignore", log, log],
      windowsHide: true,
    });
    child.once("error", (error) => ended.resolve(error));
    child.once("exit", (code) => ended.resolve(code ?? -1));
    child.unref();
  } finally {
    closeSync(log);
  }
  let code: number | Error | undefined;
  void ended.promise.then((result) => {
    code = result;
  });
  for (const until = Date.now() + appearsWithin; Date.now() < until; await sleep(askEvery)) {
    const found = await findSupervisor(folder.file("control.json"));
    if (found !== undefined) return found;
    if (code !== undefined && code !== alreadyRunning) break;
  }
  const words = (await readFile(logPath, "utf8")).trim();
  throw new FlowdeckError("practice-failed", message("practice.notStarted"), {
    ...(code instanceof Error || words !== ""
      ? { detail: code instanceof Error ? code.message : words }
      : { advice: message("practice.wroteNothing") }),
  });
}

function supervisorArguments(dir: string, options: Partial<PracticeOptions>, owner: string): string[] {
  const { nodes, podReadyMs } = options;
  return [
    "run",
    `--dir=${dir}`,
    `--owner=${owner}`,
    ...(nodes === undefined ? [] : [`--nodes=${nodes}`]),
    ...(podReadyMs === undefined ? [] : [`--pod-ready=${podReadyMs.min}ms-${podReadyMs.max}ms`]),
  ];
}
