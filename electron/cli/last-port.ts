import { readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

/**
 * The port of the last start on a data folder. A browser keeps what the page remembers (the settings being written, the
 * step) by address, so the same port is taken again where it is free.
 */
const lastPort = z.object({ port: z.number().int().min(1024).max(65_535) });

const fileIn = (dataDir: string) => join(dataDir, "web-port.json");

/** 0, for any free one, when there is none or it cannot be read. */
export async function readLastPort(dataDir: string): Promise<number> {
  try {
    return lastPort.parse(JSON.parse(await readFile(fileIn(dataDir), "utf8"))).port;
  } catch {
    return 0; // a first start, or a file that is no use: any port will do
  }
}

export async function rememberPort(dataDir: string, port: number): Promise<void> {
  await writeFileAtomic(fileIn(dataDir), JSON.stringify({ port }), { mode: 0o600 });
}
