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
  whyNotOurs(live(metadata), { installation: "i", journaled, recorded });

test("ours is the very object that the journal recorded, while it has our label", () => {
  expect(asked({}, { foreign: false, uid: "1" })).toBeUndefined();
  expect(asked({}, { foreign: false, uid: "2" })).toMatch(/somebody else created it/);
  expect(asked({ labels: {} }, { foreign: false, uid: "1" })).toMatch(/label .* is gone/);
  expect(asked({ labels: { "flowdeck.dev/installation": "other" } }, { foreign: false, uid: "1" })).toMatch(
    /another installation now \(other\)/,
  );
  expect(asked({}, { foreign: true })).toMatch(/before the installation/);
});

test("a copy with our label that the journal does not know is not ours", () => {
  expect(asked(setBy("flowdeck"), undefined)).toMatch(/did not create it/);
});

test("without a uid, or without a journal, Flowdeck has to have set the label itself", () => {
  for (const [recorded, journaled] of [[{ foreign: false }, true] as const, [undefined, false] as const]) {
    expect(asked(setBy("flowdeck"), recorded, journaled)).toBeUndefined();
    expect(asked(setBy("kubectl-client-side-apply", "Update"), recorded, journaled)).toMatch(/did not set it/);
    expect(asked({}, recorded, journaled)).toMatch(/did not set it/);
  }
});
