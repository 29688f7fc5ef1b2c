import { expect } from "vitest";
import { type Message, type MessageValue, textOf } from "../../../../common/words/index.ts";

/**
 * A message reads as Korean: it has Korean in it, no sentence of English, and no value that was not put in. `others`
 * are values that are somebody else's words.
 */
export function expectKorean(said: Message | undefined, others: readonly string[] = []): void {
  const text = said === undefined ? "" : textOf(without(said, others), "ko");
  expect(text).toMatch(/[가-힣]/);
  expect(text).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}|\{\{/);
}

function without(said: Message, others: readonly string[]): Message {
  const params = Object.entries(said.params).map(([name, value]): [string, MessageValue] => [
    name,
    others.includes(name) ? "…" : typeof value === "object" && "id" in value ? without(value, others) : value,
  ]);
  return { id: said.id, params: Object.fromEntries(params) };
}
