/**
 * Characters that a string may hold in JSON, but that a YAML parser refuses where they stand as they are, or takes for a
 * line break, or drops: libyaml's (and kubectl's) idea of what is printable. Control characters are written as escapes by
 * JSON itself.
 */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const needed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

export function needsEscape(text: string): boolean {
  return needed.test(text);
}

/** JSON that is also YAML of the same value, also for a parser that reads YAML 1.1. */
export function escapeForYaml(json: string): string {
  return json.replaceAll(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
