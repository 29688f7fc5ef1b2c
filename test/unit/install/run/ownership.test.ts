import { expect, test } from "vitest";
import { whyNotOurs } from "../../../../electron/install/run/ownership.ts";
import { object } from "../objects-support.ts";

const label = { "flowdeck.dev/installation": "i" };
const setBy = (manager: string, operation = "Apply") => ({
  managedFields: [
    { manager, operation, fieldsV1: { "f:metadata": { "f:labels": { "f:flowdeck.dev/installation": {} } } } },
  ],
});
const live = (metadata: object) =>
  object("v1", "ConfigMap", "c", { metadata: { uid: "1", labels: label, ...metadata } });
const asked = (metadata: object, recorded: { foreign: boolean; uid?: string } | undefined, journaled = true) =>
  whyNotOurs(live(metadata), { installation: "i", journaled, recorded })?.id;

test("ours is the very object that the journal recorded, while it has our label", () => {
  expect(asked({}, { foreign: false, uid: "1" })).toBeUndefined();
  expect(asked({}, { foreign: false, uid: "2" })).toBe("removal.recreated");
  expect(asked({ labels: {} }, { foreign: false, uid: "1" })).toBe("removal.labelGone");
  expect(asked({ labels: { "flowdeck.dev/installation": "other" } }, { foreign: false, uid: "1" })).toBe(
    "removal.ofAnother",
  );
  expect(asked({}, { foreign: true })).toBe("removal.wasThere");
});

test("a copy with our label that the journal does not know is not ours", () => {
  expect(asked(setBy("flowdeck"), undefined)).toBe("removal.copied");
});

test("without a uid, or without a journal, Flowdeck has to have set the label itself", () => {
  for (const [recorded, journaled] of [[{ foreign: false }, true] as const, [undefined, false] as const]) {
    expect(asked(setBy("flowdeck"), recorded, journaled)).toBeUndefined();
    expect(asked(setBy("kubectl-client-side-apply", "Update"), recorded, journaled)).toBe("removal.notLabelled");
    expect(asked({}, recorded, journaled)).toBe("removal.notLabelled");
  }
});
