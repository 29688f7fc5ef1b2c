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
 * A Kubernetes quantity as a number: cores for CPU, bytes for memory. What is no quantity counts as 0.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return 0;
  const exponent = /^([+-]?[0-9.]+[eE][+-]?[0-9]+)$/.exec(value);
  if (exponent) return Number(value) || 0;
  const parts = /^([+-]?[0-9.]+)([a-zA-Z]{0,2})$/.exec(value.trim());
  const factor = factors[parts?.[2] ?? ""];
  return parts && factor !== undefined ? (Number(parts[1]) || 0) * factor : 0;
}
