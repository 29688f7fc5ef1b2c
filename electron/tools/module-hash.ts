import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Names the content of a Go module's folder: two folders with the same files give the same 16 hex digits. Tests and
 * prose do not change what is built, so they do not count. `target` is what it is built for.
 */
export async function moduleHash(folder: string, target = `${process.platform}-${process.arch}`): Promise<string> {
  const files: string[] = [];
  for await (const file of glob("**/*.{go,mod,sum,yaml,html}", { cwd: folder })) files.push(file.replaceAll("\\", "/"));
  const hash = createHash("sha256").update(target);
  for (const file of files.filter((name) => !name.endsWith("_test.go")).sort()) {
    const content = await readFile(join(folder, file));
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}
