import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { absolutePath, contract, email, kfName, namespaceName, password } from "../../../common/contract/index.ts";
import { en, ko } from "../../../common/words/catalogue.ts";
import { isMessageId } from "../../../common/words/index.ts";

const renderer = join(import.meta.dirname, "../../../renderer");

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ""): Map<string, string> {
  const result = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const full = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") result.set(full, value);
    else for (const [inner, text] of flat(value, full)) result.set(inner, text);
  }
  return result;
}

/** Without the plural's suffix: English has one and other, Korean only other. */
const bare = (key: string) => key.replace(/_(one|other)$/, "");
const bareKeys = (words: Map<string, string>) => new Set([...words.keys()].map(bare));
const english = flat(en);
const korean = flat(ko);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

/** Every text in quotes that could be a key; those in template literals as patterns. */
function keysInSources(): { literal: Set<string>; patterns: RegExp[] } {
  const literal = new Set<string>();
  const patterns: RegExp[] = [];
  for (const text of sources(renderer)) {
    for (const [, key] of text.matchAll(/"([a-z][A-Za-z-]*(?:\.[A-Za-z0-9-]+)+)"/g)) if (key) literal.add(key);
    for (const [, key] of text.matchAll(/`([a-z][A-Za-z]*\.(?:[^`\s])*?\$\{[^`\s]*?)`/g)) {
      if (!key) continue;
      const escaped = key.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, "\\$&"));
      patterns.push(new RegExp(`^${escaped.join("[^.]+")}$`));
    }
  }
  return { literal, patterns };
}

describe("words", () => {
  it("has each key in both languages", () => {
    expect([...bareKeys(korean)].toSorted()).toEqual([...bareKeys(english)].toSorted());
  });

  it("has both plural forms in English and the one form in Korean", () => {
    for (const key of english.keys()) {
      if (key.endsWith("_one")) expect(english.has(key.replace(/_one$/, "_other")), key).toBe(true);
      if (key.endsWith("_other")) {
        expect(english.has(key.replace(/_other$/, "_one")), key).toBe(true);
        expect(korean.has(key), key).toBe(true);
      }
    }
    expect([...korean.keys()].filter((key) => key.endsWith("_one"))).toEqual([]);
  });

  it("uses the same values in both languages", () => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();
    for (const [key, text] of korean) {
      const other = english.get(key) ?? "";
      expect({ key, values: values(text) }).toEqual({ key, values: values(other) });
    }
  });

  it("leaves nothing empty and nothing untranslated that has words", () => {
    for (const [key, text] of [...english, ...korean]) expect(text.trim(), key).not.toBe("");
    const same = [...korean].filter(([key, text]) => english.get(key) === text).map(([, text]) => text);
    // names and units
    expect([...new Set(same)].toSorted()).toEqual(
      [
        "30000–32767",
        "AWS Cognito",
        "Amazon EKS",
        "Azure AKS",
        "CPU",
        "CRD",
        "DNS",
        "GPU",
        "Google GKE",
        "Google IAP",
        "KUBECONFIG",
        "Kubeflow",
        "Let's Encrypt",
        "TLS",
        "YAML",
        "etcd",
        "{{ms}} ms",
      ].filter((text) => same.includes(text)),
    );
  });

  it("has every key that the sources ask for", () => {
    const known = bareKeys(english);
    const roots = new Set(Object.keys(en));
    const { literal } = keysInSources();
    const asked = [...literal].filter((key) => roots.has(key.split(".")[0] ?? ""));
    const commandIds = /^(go|theme|language|practice)\.(home|start|stop)$/;
    const resources = /(^|\.)kubeflow\.org$/;
    const contractNames = new Set(Object.keys(contract));
    const missing = asked.filter(
      (key) =>
        !known.has(key) &&
        !isMessageId(key) &&
        !commandIds.test(key) &&
        !resources.test(key) &&
        !contractNames.has(key),
    );
    expect(missing).toEqual([]);
    expect(asked.length).toBeGreaterThan(150);
  });

  it("has no key that no source asks for", () => {
    const { literal, patterns } = keysInSources();
    const unused = [...bareKeys(english)].filter(
      (key) => !literal.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it("has words for every problem the contract's rules can name", () => {
    const problems = new Set<string>();
    const long = "a".repeat(300);
    const tries: [{ safeParse: typeof kfName.safeParse }, string[]][] = [
      [kfName, ["", long, "1a", "a_b", "a-", "A"]],
      [absolutePath, ["", "relative", "/a\0", "/a/../b"]],
      [email, ["x", `${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(4)}com`]],
      [password, ["", "short", "12341234", "가".repeat(30)]],
      [namespaceName, ["", long, "A", "kube-system", "default"]],
    ];
    for (const [schema, values] of tries) {
      for (const value of values) {
        const parsed = schema.safeParse(value);
        expect(parsed.success, value).toBe(false);
        for (const issue of parsed.error?.issues ?? []) problems.add(issue.message);
      }
    }
    expect(problems.size).toBeGreaterThanOrEqual(17);
    for (const problem of problems) {
      expect(english.has(`settings.problem.${problem}`), problem).toBe(true);
      expect(korean.has(`settings.problem.${problem}`), problem).toBe(true);
    }
  });
});
