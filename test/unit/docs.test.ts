import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { root } from "./house.ts";

/** The same page in English and Korean. */
const pairs = [
  ["README.md", "README.ko.md"],
  ["docs/class-sheet.md", "docs/class-sheet.ko.md"],
] as const;

const pages = [
  ...pairs.flat(),
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/architecture.md",
  "docs/glossary.ko.md",
  "docs/style.md",
];

const read = (page: string) => readFileSync(join(root, page), "utf8");
const fence = /^```[\s\S]*?^```/gm;

/** Paths of the repository that a page names in code: `test/unit/host`, `electron/backend.ts`. */
function namedPaths(text: string): string[] {
  const prose = text.replace(fence, "");
  return [...prose.matchAll(/`((?:assets|bin|common|docs|electron|renderer|test|toolbox)\/[\w./-]*)`/g)].map(
    ([, path = ""]) => path,
  );
}

it.each(pages)("%s names files and folders that are there", (page) => {
  const text = read(page);
  expect(namedPaths(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(root, dirname(page), path)))).toEqual([]);
});

describe.each(pairs)("%s and %s", (english, korean) => {
  const both = [read(english), read(korean)] as const;

  it("give the same commands", () => {
    const [blocks, others] = both.map((text) => text.match(fence));
    expect(blocks?.length).toBeGreaterThan(2);
    expect(others).toEqual(blocks);
  });

  it("have headings of the same levels, in the same order", () => {
    const levels = (text: string) => [...text.replace(fence, "").matchAll(/^(#+) /gm)].map(([, marks]) => marks);
    expect(levels(both[0]).length).toBeGreaterThan(4);
    expect(levels(both[1])).toEqual(levels(both[0]));
  });

  it("have tables of the same shape", () => {
    const rows = (text: string) => [...text.matchAll(/^\|.*\|$/gm)].map(([row]) => row.split("|").length);
    expect(rows(both[1])).toEqual(rows(both[0]));
  });

  it("lead to each other", () => {
    expect(both[0]).toContain(`](${basename(korean)})`);
    expect(both[1]).toContain(`](${basename(english)})`);
  });
});

it("the class sheet's mirror has every source of the releases", () => {
  const block = /^```json\n([\s\S]*?)^```/m.exec(read("docs/class-sheet.md"))?.[1] ?? "";
  const mirrored = Object.keys(JSON.parse(block));
  const catalogue = z.object({
    sources: z.array(z.object({ url: z.string() })),
    kfdef: z.object({ standard: z.string(), dex: z.string() }).optional(),
  });
  const wanted = ["kubeflow-26.03.1.json", "kubeflow-26.03.json", "kubeflow-1.0.json"].flatMap((file) => {
    const { sources, kfdef } = catalogue.parse(JSON.parse(read(`assets/releases/${file}`)));
    return [...sources.map(({ url }) => url), ...(kfdef ? [kfdef.standard, kfdef.dex] : [])];
  });
  expect(mirrored.toSorted()).toEqual([...new Set(wanted)].toSorted());
});
