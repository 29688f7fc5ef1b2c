/** What is wrong with a typed port, if anything: ports are whole numbers from 1 to 65535. */
export function portProblem(text: string, required: boolean): "missing" | "number" | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return required ? "missing" : undefined;
  const port = Number(trimmed);
  return /^\d+$/.test(trimmed) && port >= 1 && port <= 65535 ? undefined : "number";
}
