import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

/** Every module that is loaded with a file of the main process, as paths. */
function loadedWith(file: string): string[] {
  const url = pathToFileURL(join(import.meta.dirname, "../../..", file));
  const script = `
    import { registerHooks } from "node:module";
    const urls = [];
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
    await import(${JSON.stringify(url)});
    process.stdout.write(JSON.stringify(urls));
  `;
  const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", script];
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: "utf8" })) as string[];
}

it("the tables' thread loads neither schemas nor what speaks to clusters: each thread has its own copy of all it loads", () => {
  const loaded = loadedWith("electron/tables/engine.ts");
  expect(loaded.some((url) => url.endsWith("/electron/tables/table.ts"))).toBe(true);
  const heavy = /\/node_modules\/(zod|undici|yaml|ws)\/|\/common\/contract\/index\.ts|\/common\/words\/catalogue\.ts/;
  expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
});
