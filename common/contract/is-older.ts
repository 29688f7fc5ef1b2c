/** Compares `v1.33.2` with `1.34` by major and minor. */
export function isOlder(version: string, minimum: string): boolean {
  const parse = (written: string) => /^v?(\d+)\.(\d+)/.exec(written)?.slice(1).map(Number);
  const have = parse(version);
  const want = parse(minimum);
  if (!have || !want) return false;
  const [major = 0, minor = 0] = have;
  const [wantMajor = 0, wantMinor = 0] = want;
  return major < wantMajor || (major === wantMajor && minor < wantMinor);
}
