import { items, setDefault } from "./json.ts";
import type { Convert } from "./types.ts";

/** What v1beta1 took for granted, and v1 takes otherwise or wants to be told. */
const oldDefaults: readonly [field: string, value: unknown][] = [
  ["failurePolicy", "Ignore"],
  ["matchPolicy", "Exact"],
  ["timeoutSeconds", 30],
  ["admissionReviewVersions", ["v1beta1"]],
];

/**
 * Mutating- and ValidatingWebhookConfiguration of v1beta1 as v1.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#webhook-resources-v122
 */
export const convertWebhooks: Convert = (object, _from, note) => {
  const seen = new Set<string>();
  for (const webhook of items(object.webhooks)) {
    const written = oldDefaults.filter(([field, value]) => setDefault(webhook, field, structuredClone(value)));
    const before = webhook.sideEffects ?? "Unknown";
    if (before !== "None" && before !== "NoneOnDryRun") webhook.sideEffects = "None";
    const name = uniqueName(qualified(String(webhook.name)), seen);
    const where = `Webhook ${String(webhook.name)}`;
    if (written.length > 0)
      note(`${where}: ${written.map(([field]) => field).join(", ")} written as they were by default.`);
    if (webhook.sideEffects !== before)
      note(`${where}: sideEffects "${String(before)}" became "None"; v1 takes nothing else, so dry runs reach it too.`);
    if (name !== webhook.name) note(`${where} is named ${name}: names need three parts and stand once only.`);
    webhook.name = name;
  }
  return object;
};

/** At least three parts, divided by dots. */
function qualified(name: string): string {
  const missing = 3 - name.split(".").length;
  return missing <= 0 ? name : `${name}.${["webhook", "local"].slice(-missing).join(".")}`;
}

function uniqueName(name: string, seen: Set<string>): string {
  let unique = name;
  for (let count = 2; seen.has(unique); count += 1) unique = `n${count}.${name}`;
  seen.add(unique);
  return unique;
}
