/** How many lines would run at once when this is pasted into a shell that takes each line as typed; 0 when none would. */
export function linesThatRun(text: string, bracketed: boolean): number {
  if (bracketed) return 0;
  const lines = text.split(/\r\n|\r|\n/);
  return lines.length > 1 ? lines.filter((line, at) => line.trim() !== "" || at < lines.length - 1).length : 0;
}
