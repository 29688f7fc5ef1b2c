import type { LogStyle } from "../../common/contract/index.ts";

const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);

/** ECMA-48 control sequences (CSI … final), OSC … BEL or ST, and the two-character escapes. */
const escapes = new RegExp(
  `${esc}\\[([0-?]*)[ -/]*([@-~])|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|${esc}(?:[ -/]+[0-~]|[0-Z\\\\^-~])`,
  "g",
);
/** Control characters but for tab and newline. */
const controls = /[^\P{Cc}\t\n]/gu;
const carriageReturn = "\r";

/**
 * The words of a line for searches: without ANSI codes. What \r drew over stands in it, too, with the \r between, as it
 * is what the program said.
 */
export function plain(raw: string): string {
  if (!hasControls(raw)) return raw;
  const text = withoutEnd(raw).replace(escapes, "");
  return text.includes(carriageReturn) ? text.split(carriageReturn).map(visible).join(carriageReturn) : visible(text);
}

/** What a person sees of a line, and the colours the codes asked for: \r goes to its start, and what follows draws over. */
export function styled(raw: string): { text: string; styles: LogStyle[] } {
  if (!hasControls(raw)) return { text: raw, styles: [] };
  const line = withoutEnd(raw);
  const drawing: Drawing = line.includes(carriageReturn) ? new Overdrawn() : new Straight();
  let current: Look = {};
  let from = 0;
  for (const match of line.matchAll(escapes)) {
    drawing.write(line.slice(from, match.index), current);
    from = match.index + match[0].length;
    if (match[2] === "m") current = afterCodes(current, match[1] ?? "");
    if (match[2] === "K") drawing.erase(match[1] ?? "");
  }
  drawing.write(line.slice(from), current);
  return drawing.result();
}

interface Drawing {
  write(part: string, look: Look): void;
  /** Erase in Line, ECMA-48 8.3.41: from here to the end, up to here, or all. */
  erase(parameters: string): void;
  result(): { text: string; styles: LogStyle[] };
}

/** Text that is written from its start to its end. */
class Straight implements Drawing {
  #text = "";
  readonly #styles: LogStyle[] = [];

  write(part: string, look: Look): void {
    if (part === "") return;
    const start = this.#text.length;
    this.#text += visible(part);
    if (Object.keys(look).length > 0) this.#styles.push({ start, end: this.#text.length, ...shown(look) });
  }

  erase(): void {} // nothing was drawn over: what a terminal would clear was said once only

  result(): { text: string; styles: LogStyle[] } {
    return { text: this.#text, styles: this.#styles };
  }
}

/** Text with \r in it, a cell for each character. */
class Overdrawn implements Drawing {
  #cells: { text: string; look: Look }[] = [];
  #at = 0;

  write(part: string, look: Look): void {
    for (const character of part) {
      const before = this.#cells[this.#at - 1];
      if (character === carriageReturn) this.#at = 0;
      else if (before !== undefined && /\p{M}/u.test(character)) before.text += character;
      else this.#cells[this.#at++] = { text: visible(character), look };
    }
  }

  erase(parameters: string): void {
    const blank = { text: " ", look: {} };
    if (parameters === "" || parameters === "0") this.#cells.length = this.#at;
    else this.#cells.fill(blank, 0, parameters === "1" ? this.#at + 1 : undefined);
  }

  result(): { text: string; styles: LogStyle[] } {
    const straight = new Straight();
    let run = "";
    let look: Look = {};
    for (const cell of this.#cells) {
      if (cell.look !== look) {
        straight.write(run, look);
        run = "";
        look = cell.look;
      }
      run += cell.text;
    }
    straight.write(run.trimEnd(), look);
    return straight.result();
  }
}

function hasControls(raw: string): boolean {
  controls.lastIndex = 0;
  return controls.test(raw);
}

/** Without the \r of a line that ends as Windows' do. */
function withoutEnd(raw: string): string {
  let end = raw.length;
  while (end > 0 && raw[end - 1] === carriageReturn) end--;
  return raw.slice(0, end);
}

/** Other control characters as their pictures (U+2400 …), so that they are seen and do nothing. */
function visible(text: string): string {
  return text.replace(controls, (character) => {
    const code = character.charCodeAt(0);
    if (code >= 0x80) return "\ufffd";
    return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
  });
}

interface Look extends Omit<LogStyle, "start" | "end"> {
  reverse?: boolean;
}

function shown({ reverse, color, background, ...rest }: Look): Omit<LogStyle, "start" | "end"> {
  const [front, back] = reverse ? [background ?? 0, color ?? 7] : [color, background];
  return {
    ...rest,
    ...(front === undefined ? {} : { color: front }),
    ...(back === undefined ? {} : { background: back }),
  };
}

type Change = (look: Look) => Look;

const set =
  (change: Look): Change =>
  (look) => ({ ...look, ...change });

/** What each code without parameters of its own does. */
const changes = new Map<number, Change>([
  [0, () => ({})],
  [1, set({ bold: true })],
  [2, set({ dim: true })],
  [3, set({ italic: true })],
  [4, set({ underline: true })],
  [7, set({ reverse: true })],
  [22, (look) => without(look, "bold", "dim")],
  [23, (look) => without(look, "italic")],
  [24, (look) => without(look, "underline")],
  [27, (look) => without(look, "reverse")],
  [39, (look) => without(look, "color")],
  [49, (look) => without(look, "background")],
  ...Array.from({ length: 8 }, (_, color): [number, Change][] => [
    [30 + color, set({ color })],
    [40 + color, set({ background: color })],
    [90 + color, set({ color: color + 8 })],
    [100 + color, set({ background: color + 8 })],
  ]).flat(),
]);

/** Select Graphic Rendition: ECMA-48 8.3.117, with 256 and true colours as ITU-T T.416 has them. */
function afterCodes(before: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map((code) => Number(code === "" ? 0 : code));
  let look = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    look = changes.get(code)?.(look) ?? look;
    if (code !== 38 && code !== 48) continue;
    const [color, used] = extendedColor(codes, at + 1);
    at += used;
    if (color !== undefined) look = { ...look, ...(code === 38 ? { color } : { background: color }) };
  }
  return look;
}

function without(look: Look, ...names: (keyof Look)[]): Look {
  const rest = { ...look };
  for (const name of names) delete rest[name];
  return rest;
}

function extendedColor(codes: readonly number[], at: number): [color: number | string | undefined, used: number] {
  if (codes[at] === 5) return [indexed(codes[at + 1] ?? 0), 2];
  if (codes[at] === 2) return [rgb(codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0), 4];
  return [undefined, 1];
}

/** xterm's 256 colours: 16 of the terminal's own, a cube of 6 × 6 × 6, 24 greys. */
function indexed(index: number): number | string {
  if (index < 16) return index;
  if (index >= 232) return rgb(8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10);
  const level = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

function rgb(...parts: [number, number, number]): string {
  return `#${parts.map((part) => Math.min(255, Math.max(0, part)).toString(16).padStart(2, "0")).join("")}`;
}
