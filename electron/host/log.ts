/** Where a host notes refusals and faults: a line of bounded length, never an input's values. */
export type HostLog = (line: string) => void;

const longest = 400;

/** Makes one line of it: no line breaks or other control characters, so that nothing can forge a second line. */
export function logLine(text: string): string {
  const flat = text.replace(/\p{Cc}+/gu, " ").trim();
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
}
