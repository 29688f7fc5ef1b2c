/** Decimal and binary suffixes: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A quantity as a number: cores for CPU ("250m" is 0.25), bytes for memory ("1.5Gi"). Undefined for what is none.
 * (The client library's own parser is not exported, and fails on fractions such as 1.5Gi.)
 */
export function parseQuantity(written: unknown): number | undefined {
  if (typeof written === "number") return Number.isFinite(written) ? written : undefined;
  if (typeof written !== "string") return undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(written.trim());
  if (match === null) return undefined;
  const [, digits, exponent = "", suffix = ""] = match;
  const factor = factors[suffix];
  return factor === undefined ? undefined : Number(`${digits}${exponent}`) * factor;
}

/** Several quantities as one, in the largest of their units that leaves no fraction; side by side when one can't be read. */
export function sumOfQuantities(quantities: readonly string[]): string {
  const [first] = quantities;
  if (first === undefined || quantities.length === 1) return first ?? "";
  const numbers = quantities.map(parseQuantity);
  const suffixes = quantities.map((quantity) => /[a-zA-Z]*$/.exec(quantity.trim())?.[0] ?? "");
  if (numbers.includes(undefined) || suffixes.some((suffix) => factors[suffix] === undefined))
    return quantities.join(" + ");
  const total = numbers.reduce((sum: number, value) => sum + (value ?? 0), 0);
  const inUnit = (suffix: string) => Math.round((total / (factors[suffix] ?? 1)) * 1e6) / 1e6;
  const largestFirst = suffixes.toSorted((one, other) => (factors[other] ?? 1) - (factors[one] ?? 1));
  const suffix = largestFirst.find((candidate) => Number.isInteger(inUnit(candidate))) ?? "";
  return `${inUnit(suffix)}${suffix}`;
}
