import type { TextlintRuleModule } from "@textlint/kernel";
import type { Rule } from "./rules.ts";

export interface StyleOptions {
  rules: readonly Rule[];
  /** The key of the text at an offset of the file; the file's own path where texts have no keys. */
  keyAt(offset: number): string;
  /** Is told of each exception that was needed. */
  excused(rule: Rule, key: string): void;
}

/** A rule for textlint that looks for the patterns of the style guide. */
export function styleRule({ rules, keyAt, excused }: StyleOptions): TextlintRuleModule {
  const compiled = rules.map((rule) => ({ rule, pattern: compile(rule.pattern) }));
  return ({ Syntax, RuleError, locator, report, getSource }) => {
    const look = (node: Parameters<typeof report>[0]) => {
      const [start] = node.range;
      const text = prose(getSource(node), node, start);
      for (const { rule, pattern } of compiled) {
        for (const match of text.matchAll(pattern)) {
          const key = keyAt(start + match.index);
          if (rule.except !== undefined && Object.hasOwn(rule.except, key)) excused(rule, key);
          else {
            const padding = locator.range([match.index, match.index + match[0].length]);
            report(node, new RuleError(`${match[0].replaceAll(/\s+/g, " ")} → ${rule.say} (${rule.id})`, { padding }));
          }
        }
      }
    };
    return { [Syntax.Paragraph]: look, [Syntax.Header]: look, [Syntax.TableCell]: look };
  };
}

/** A space in a pattern is any white space: a line of Markdown may end there. */
export const compile = (pattern: RegExp) => new RegExp(pattern.source.replaceAll(" ", "\\s+"), `${pattern.flags}g`);

interface Part {
  type: string;
  range: readonly [number, number];
  children?: readonly Part[];
}

/**
 * A paragraph's words at their places: marks and escapes become spaces, code and the places of values become lines (`___`), so that
 * rules find no words in them.
 */
function prose(source: string, part: Part, start: number): string {
  const kept = Array.from({ length: source.length }, () => " ");
  const put = (text: string, at: number) => {
    for (const [index, letter] of text.split("").entries()) kept[at + index] = letter;
  };
  const walk = (inner: Part) => {
    const at = inner.range[0] - start;
    const text = source.slice(at, inner.range[1] - start);
    if (inner.type === "Code") put("_".repeat(text.length), at);
    else if (inner.type === "Str") put(text, at);
    for (const child of inner.children ?? []) walk(child);
  };
  walk(part);
  return kept.join("");
}
