type Line =
  | { kind: "pair"; level: number; label: string; value: string }
  | { kind: "text"; level: number; words: string }
  | { kind: "table"; level: number; rows: readonly (readonly string[])[] };

/**
 * Text as `kubectl describe` lays it out: names and values on lines, deeper ones indented, values aligned under each
 * other, tables with their heads underlined. Labels are given without their colon.
 */
export class Sheet {
  readonly #lines: Line[] = [];

  /** `Label:  value`; nothing is said of what is undefined. */
  pair(label: string, value: string | number | boolean | undefined, level = 0): this {
    if (value !== undefined) this.#lines.push({ kind: "pair", level, label, value: String(value) });
    return this;
  }

  /** One value under the other; `<none>` when there is none. */
  values(label: string, values: readonly string[], level = 0): this {
    this.pair(label, values[0] ?? "<none>", level);
    for (const value of values.slice(1)) this.#lines.push({ kind: "pair", level, label: "", value });
    return this;
  }

  heading(label: string, level = 0): this {
    return this.text(`${label}:`, level);
  }

  text(words: string, level = 0): this {
    this.#lines.push({ kind: "text", level, words });
    return this;
  }

  table(head: readonly string[], rows: readonly (readonly string[])[], level = 1): this {
    const underline = head.map((word) => "-".repeat(word.length));
    this.#lines.push({ kind: "table", level, rows: [head, underline, ...rows] });
    return this;
  }

  toString(): string {
    const out: string[] = [];
    for (let index = 0; index < this.#lines.length; index++) {
      const line = this.#lines[index];
      if (line === undefined) continue;
      if (line.kind === "text") out.push(...line.words.split("\n").map((words) => indented(line.level, words)));
      else if (line.kind === "table") out.push(...aligned(line.rows).map((words) => indented(line.level, words)));
      else {
        const block = this.#block(index, line.level);
        const width = Math.max(...block.map(({ label }) => label.length + 1));
        for (const { label, value } of block) {
          const name = label === "" ? "" : `${label}:`;
          out.push(indented(line.level, `${name.padEnd(width)}  ${value}`));
        }
        index += block.length - 1;
      }
    }
    return `${out.map((words) => words.trimEnd()).join("\n")}\n`;
  }

  /** The pairs from here on that stand at one level, one after the other. */
  #block(from: number, level: number): Extract<Line, { kind: "pair" }>[] {
    const block: Extract<Line, { kind: "pair" }>[] = [];
    for (const line of this.#lines.slice(from)) {
      if (line.kind !== "pair" || line.level !== level) break;
      block.push(line);
    }
    return block;
  }
}

function indented(level: number, words: string): string {
  return `${"  ".repeat(level)}${words}`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}
