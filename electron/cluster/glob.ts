/** True when `name` is `pattern`, or begins with what stands before the pattern's closing `*`. */
export function matchesGlob(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
