import { TextlintKernel, type TextlintMessage, type TextlintPluginCreator } from "@textlint/kernel";
import { parse } from "@textlint/markdown-to-ast";
import terminology from "textlint-rule-terminology";
import { documentOf, textsOf } from "./catalogue.ts";
import { type Kind, type Rule, rules, terms } from "./rules.ts";
import { styleRule } from "./style.ts";

export interface Finding {
  /** `README.md:12`, or with its key: `common/words/en/app.ts:12 common.close`. */
  place: string;
  /** What was found and what to say instead. */
  advice: string;
}

/** The kind of English that a file holds; undefined for one that is not read. */
export function kindOf(path: string): Kind | undefined {
  if (/^common\/words\/en\/.*(?<!\/index)\.ts$/.test(path)) return path.split("/").length > 4 ? "message" : "page";
  if (/^assets\/releases\/[\w.-]+\.json$/.test(path)) return "release";
  if (/^(?:docs\/)?(?:glossary\.ko|(?!.*\.ko\.)[\w-]+)\.md$/.test(path)) return "document";
  return undefined;
}

/** The part of a text's key that its file gives. */
function keyPrefix(path: string, kind: Kind): string {
  const [name = ""] = path.split("/").slice(-1);
  const stem = name.replace(/\.\w+$/, "").replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (kind === "message") return `${path.split("/")[3]}.${stem}.`;
  if (kind === "release") return `${name}.`;
  return stem === "app" ? "" : `${stem}.`;
}

export interface Check {
  findings: Finding[];
  /** The exceptions that were needed, as `rule key`. */
  excused: Set<string>;
}

/** Lets textlint read files of any name with a parser. */
function pluginOf(parser: (text: string) => ReturnType<typeof parse>): TextlintPluginCreator {
  return {
    Processor: class {
      availableExtensions() {
        return [".md", ".ts", ".json"];
      }
      processor() {
        return {
          preProcess: parser,
          postProcess: (messages: TextlintMessage[], filePath = "") => ({ messages, filePath }),
        };
      }
    },
  };
}

/** Reads one file's English against the style guide. `path` is from the project's root. */
export async function check(path: string, source: string, ours: readonly Rule[] = rules): Promise<Check> {
  const kind = kindOf(path);
  if (kind === undefined) throw new Error(`${path} holds no English that is checked`);
  const prefix = keyPrefix(path, kind);
  const texts = kind === "document" ? [] : textsOf(source).map((text) => ({ ...text, key: prefix + text.key }));
  const keyAt = (offset: number) =>
    kind === "document"
      ? path
      : (texts.find(({ range: [start, end] }) => start <= offset && offset <= end)?.key ?? path);
  const take = (key: string) => kind !== "release" || key.endsWith(".en");
  const plugin = pluginOf((text) =>
    kind === "document" ? parse(text) : documentOf(text, (key) => take(prefix + key)),
  );

  const excused = new Set<string>();
  const style = styleRule({
    rules: ours.filter((rule) => rule.only === undefined || rule.only.includes(kind)),
    keyAt,
    excused: (rule, key) => excused.add(`${rule.id} ${key}`),
  });
  const { messages } = await new TextlintKernel().lintText(source, {
    ext: path.slice(path.lastIndexOf(".")),
    filePath: path,
    plugins: [{ pluginId: kind, plugin }],
    rules: [
      { ruleId: "style", rule: style },
      { ruleId: "terms", rule: terminology, options: { exclude: [...terms.exclude] } },
    ],
  });
  const findings = messages.map(({ line, range, message }) => {
    const key = keyAt(range[0]);
    return { place: key === path ? `${path}:${line}` : `${path}:${line} ${key}`, advice: message };
  });
  return { findings, excused };
}
