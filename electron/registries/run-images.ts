import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { FlowdeckError, type RegistryCredentials } from "../../common/contract/index.ts";
import { isRecord } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { Tools } from "../tools/index.ts";

type ImagesCommand = "certificate" | "check" | "inspect" | "mirror";

/** How the toolbox reaches registries; it goes over standard input, so that no list of processes has it. */
export function accessOf(credentials: readonly RegistryCredentials[]) {
  return {
    credentials: Object.fromEntries(
      credentials.map(({ host, username, password }) => [host, { username, password }] as const),
    ),
    plain: credentials.filter(({ plain }) => plain).map(({ host }) => host),
    certificates: Object.fromEntries(
      credentials.flatMap(({ host, certificate }) => (certificate === undefined ? [] : [[host, certificate] as const])),
    ),
  };
}

/**
 * Runs a command of the toolbox on images and gives its lines. Ending the iteration or `signal` stops it.
 * @throws FlowdeckError `tool-failed` with its message where it ended without success.
 */
export async function* runImages(
  tools: Pick<Tools, "toolbox" | "environment">,
  command: ImagesCommand,
  request: object,
  signal: AbortSignal,
): AsyncGenerator<Record<string, unknown>, void, void> {
  const { file, args } = await tools.toolbox("images", { signal });
  signal.throwIfAborted();
  const child = spawn(file, [...args, command], {
    env: tools.environment(),
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  // Its standard input stays open while it works: when this process ends, however it does, so does the child.
  const stop = () => child.stdin.end();
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors = (errors + chunk).slice(-4000);
  });
  child.stdin.on("error", () => undefined); // it ended first; its exit says why
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  ended.catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  try {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    for await (const line of createInterface({ input: child.stdout })) {
      const event: unknown = JSON.parse(line);
      if (isRecord(event)) yield event;
    }
    const code = await ended;
    signal.throwIfAborted();
    if (code !== 0) throw new FlowdeckError("tool-failed", message("registry.toolFailed"), { detail: errors.trim() });
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}
