import { randomBytes } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { startLinkPath } from "../host/index.ts";

const instance = z.object({ port: z.number(), key: z.string() });

export function newInstanceKey(): string {
  return randomBytes(32).toString("base64url");
}

/** Leaves word in the data folder, for this user only, that a host runs here. Gives what takes it away again. */
export async function announceInstance(dataDir: string, port: number, key: string): Promise<() => Promise<void>> {
  const path = fileIn(dataDir);
  await writeFileAtomic(path, JSON.stringify({ port, key }), { mode: 0o600 });
  return async () => {
    const known = await readInstance(dataDir);
    if (known?.key === key) await rm(path, { force: true });
  };
}

/** A new start link from the host that runs on this data folder, or undefined when none does. */
export async function linkFromRunning(dataDir: string): Promise<string | undefined> {
  const known = await readInstance(dataDir);
  if (known === undefined) return undefined;
  try {
    const response = await fetch(`http://127.0.0.1:${known.port}${startLinkPath}`, {
      method: "POST",
      headers: { authorization: `Bearer ${known.key}` },
      signal: AbortSignal.timeout(2_000),
    });
    const text = response.ok ? await response.text() : "";
    return text.startsWith(`http://127.0.0.1:${known.port}/start?token=`) ? text : undefined;
  } catch {
    return undefined; // it ended without taking its word back, or something else has its port now
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, "host.json");
}

async function readInstance(dataDir: string): Promise<z.infer<typeof instance> | undefined> {
  try {
    return instance.parse(JSON.parse(await readFile(fileIn(dataDir), "utf8")));
  } catch {
    return undefined; // none was left, or a half one by a crash: as if there were none
  }
}
