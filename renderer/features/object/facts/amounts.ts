/** Units of amounts, as https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ has them. */
const units: Record<string, number> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Several amounts as one, in the largest of their units that leaves no fraction; side by side when one can't be read. */
export function sumOfAmounts(amounts: readonly string[]): string {
  const [first] = amounts;
  if (first === undefined || amounts.length === 1) return first ?? "";
  const read = amounts.map((amount) => /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(amount));
  if (read.some((parts) => parts === null || units[parts[2] ?? ""] === undefined)) return amounts.join(" + ");
  const total = read.reduce((sum, parts) => sum + Number(parts?.[1]) * (units[parts?.[2] ?? ""] ?? 1), 0);
  const used = new Set(read.map((parts) => parts?.[2] ?? ""));
  const fitting = [...used]
    .toSorted((one, other) => (units[other] ?? 1) - (units[one] ?? 1))
    .find((unit) => Number.isInteger(Math.round((total / (units[unit] ?? 1)) * 1e6) / 1e6));
  const unit = fitting ?? "";
  return `${Math.round((total / (units[unit] ?? 1)) * 1e6) / 1e6}${unit}`;
}
