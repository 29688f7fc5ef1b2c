import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./house.ts";

const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/glossary.ko.md"];

/** Paths of the repository that a page names in code: `test/unit/host`, `electron/backend.ts`. */
function namedPaths(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/`((?:assets|bin|common|docs|electron|renderer|test|toolbox)\/[\w./-]*)`/g)].map(
    ([, path = ""]) => path,
  );
}

it.each(pages)("%s names files and folders that are there", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  expect(namedPaths(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(root, dirname(page), path)))).toEqual([]);
});
