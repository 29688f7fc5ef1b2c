/** What is asked before something is pasted. */
export interface PasteWarning {
  /** What would be pasted. */
  text: string;
  /** How many lines would run at once; 0 when none would. */
  lines: number;
  /** Control characters that were left out. */
  dropped: number;
}

/** All but tab and line breaks. Escape among them would end a bracketed paste, after which the rest counts as typed. */
const controls = /[^\P{Cc}\t\r\n]/gu;

/**
 * What can be pasted into a shell as text: without control characters, which a shell or program takes for keys.
 * @param bracketed the shell takes a pasted text as one, and runs nothing before Enter is pressed
 * @returns the text, and whether it is to be asked first
 */
export function readPaste(text: string, bracketed: boolean): PasteWarning & { ask: boolean } {
  const clean = text.replace(controls, "");
  const dropped = text.length - clean.length;
  const lines = bracketed ? 0 : linesThatRun(clean);
  return { text: clean, lines, dropped, ask: lines > 0 || dropped > 0 };
}

/** How many lines would run at once in a shell that takes each line as typed. */
function linesThatRun(text: string): number {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.length > 1 ? lines.filter((line, at) => line.trim() !== "" || at < lines.length - 1).length : 0;
}
