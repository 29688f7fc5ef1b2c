/** The code of an error of Node or of the system (`ENOENT`, `ERR_…`). */
export function errorCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
}
