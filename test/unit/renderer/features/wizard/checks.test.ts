import { expect, it } from "vitest";
import type { CheckRow } from "../../../../../common/contract/index.ts";
import { message } from "../../../../../common/words/index.ts";
import { addressOf } from "../../../../../renderer/features/wizard/checks/look.ts";
import { countChecks } from "../../../../../renderer/state/checks.ts";

const row = (state: CheckRow["state"], level: CheckRow["level"] = "must"): CheckRow => ({
  ...{ id: "dns", name: message("checks.dns"), evidence: [], objects: [], state, level },
});

it("counts what has ended by what it means", () => {
  const rows = [row("passed"), row("failed"), row("failed", "should"), row("running"), row("waiting"), row("fixing")];
  expect(countChecks({ rows })).toEqual({ count: 3, passed: 1, must: 1, should: 1, running: 3 });
});

it("finds the address of an object by its kind", () => {
  const plural = (apiVersion: string, kind: string) => addressOf({ apiVersion, kind, name: "a" });
  expect(plural("storage.k8s.io/v1", "StorageClass")).toEqual({
    group: "storage.k8s.io",
    plural: "storageclasses",
    name: "a",
  });
  expect(plural("v1", "Node")).toEqual({ group: "", plural: "nodes", name: "a" });
  expect(plural("networking.k8s.io/v1", "NetworkPolicy").plural).toBe("networkpolicies");
});
