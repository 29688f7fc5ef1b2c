import { message } from "../../../common/words/index.ts";
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
    const where = message("conversion.webhook", { name: String(webhook.name) });
    if (written.length > 0)
      note(message("conversion.writtenOf", { where, fields: written.map(([field]) => field).join(", ") }));
    if (webhook.sideEffects !== before) note(message("conversion.sideEffects", { where, before: String(before) }));
    if (name !== webhook.name) note(message("conversion.webhookName", { where, name }));
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
