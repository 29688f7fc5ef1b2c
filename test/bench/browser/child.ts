import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { FillSize, FillTarget } from "./fill.ts";

export type Child = ChildProcessByStdio<Writable, Readable, null>;

/**
 * Runs one of this folder's programs against the cluster, in a process of its own: what it takes is not counted as the
 * app's. Its output comes to `heard`; it is killed when `work` fails. Resolves when both are over.
 */
export async function withChild<T>(
  program: "fill-child.ts" | "churn-child.ts" | "data-child.ts",
  options: { target: FillTarget; size: FillSize; folder: string; more?: object },
  heard: (text: string) => void,
  work: (child: Child) => Promise<T>,
): Promise<T> {
  const { target, size, folder, more } = options;
  const { server, token, ca } = target;
  const settings = join(folder, `${program}.json`);
  await writeFile(settings, JSON.stringify({ server, token, ca: ca.toString("base64"), size, ...more }), {
    mode: 0o600,
  });
  const child = spawn(process.execPath, [join(import.meta.dirname, program), settings], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdout.on("data", (chunk: Buffer) => heard(chunk.toString()));
  const closed = once(child, "close");
  try {
    const result = await work(child);
    child.stdin.end();
    const [code] = await closed;
    if (code !== 0) throw new Error(`${program} ended with ${code}.`);
    return result;
  } finally {
    child.kill("SIGKILL"); // nothing of it is kept
    await rm(settings, { force: true });
  }
}
