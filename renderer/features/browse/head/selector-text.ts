/** The label selector in a text such as `-l app=web,tier!=db`, or undefined when it is none. */
export function parseSelector(text: string): string | undefined {
  const found = /^\s*-l(?:\s+(.*))?$/.exec(text);
  return found ? (found[1] ?? "").trim() : undefined;
}
