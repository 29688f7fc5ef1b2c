import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The project's root when it runs from its sources. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

export function projectVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
