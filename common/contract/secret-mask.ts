// Apart from the schemas, so that a worker thread can have it without them.

const maskSign = "••••••••";

/** What stands in place of a Secret's value: only its size is told. */
export function secretMask(bytes: number): string {
  return `${maskSign} (${bytes} ${bytes === 1 ? "byte" : "bytes"})`;
}

/** The size behind a mask, or undefined when `value` is none. */
export function maskedBytes(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const size = /^•{8} \((\d+) bytes?\)$/.exec(value)?.[1];
  return size === undefined ? undefined : Number(size);
}
