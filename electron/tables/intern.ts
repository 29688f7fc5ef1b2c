/** Most columns hold few different texts; those whose texts are all different are soon left alone. */
const mostKept = 2_000;

/** Keeps one copy of each text that repeats in a column. */
export class Interned {
  #texts: Map<string, string> | undefined = new Map();

  one(text: string): string {
    if (this.#texts === undefined) return text;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= mostKept) this.#texts = undefined;
    else this.#texts.set(text, text);
    return text;
  }
}
