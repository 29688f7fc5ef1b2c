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

/** The text a person would see: without ANSI codes, and of a line drawn over with \r only the last drawing. */
export function plain(raw: string): string {
  if (!hasControls(raw)) return raw;
  return visible(lastDrawing(raw).replace(escapes, ""));
}

/** {@link plain}, and the colours the codes asked for. */
export function styled(raw: string): { text: string; styles: LogStyle[] } {
  if (!hasControls(raw)) return { text: raw, styles: [] };
  const drawing = lastDrawing(raw);
  const styles: LogStyle[] = [];
  let text = "";
  let current: Look = {};
  let from = 0;
  const take = (part: string) => {
    if (part === "") return;
    const start = text.length;
    text += visible(part);
    if (Object.keys(current).length > 0) styles.push({ start, end: text.length, ...shown(current) });
  };
  for (const match of drawing.matchAll(escapes)) {
    take(drawing.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[2] === "m") current = afterCodes(current, match[1] ?? "");
  }
  take(drawing.slice(from));
  return { text, styles };
}

function hasControls(raw: string): boolean {
  controls.lastIndex = 0;
  return controls.test(raw);
}

function lastDrawing(raw: string): string {
  let end = raw.length;
  while (end > 0 && raw[end - 1] === carriageReturn) end--;
  return raw.slice(raw.lastIndexOf(carriageReturn, end - 1) + 1, end);
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

/** Select Graphic Rendition: ECMA-48 8.3.117, with 256 and true colours as ITU-T T.416 has them. */
function afterCodes(before: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map((code) => Number(code === "" ? 0 : code));
  let look: Look = { ...before };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0) look = {};
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 3) look.italic = true;
    else if (code === 4) look.underline = true;
    else if (code === 7) look.reverse = true;
    else if (code === 22) look = without(look, "bold", "dim");
    else if (code === 23) look = without(look, "italic");
    else if (code === 24) look = without(look, "underline");
    else if (code === 27) look = without(look, "reverse");
    else if (code >= 30 && code <= 37) look.color = code - 30;
    else if (code >= 90 && code <= 97) look.color = code - 90 + 8;
    else if (code === 39) look = without(look, "color");
    else if (code >= 40 && code <= 47) look.background = code - 40;
    else if (code >= 100 && code <= 107) look.background = code - 100 + 8;
    else if (code === 49) look = without(look, "background");
    else if (code === 38 || code === 48) {
      const [color, used] = extendedColor(codes, at + 1);
      at += used;
      if (color === undefined) continue;
      if (code === 38) look.color = color;
      else look.background = color;
    }
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
