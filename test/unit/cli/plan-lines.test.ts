import { expect, test } from "vitest";
import { planSummary } from "../../../common/contract/index.ts";
import { planLines } from "../../../electron/cli/install-commands.ts";

test("a plan as text ends with what speaks against it", () => {
  const summary = planSummary.parse({
    id: "p",
    ...{ release: "r", context: "c", kfDir: "/k", components: [], waves: [], images: [] },
    totals: { cpu: 0, memoryBytes: 0, storageBytes: 0, pods: 0, objects: 0, images: 0, customResourceDefinitions: 0 },
    changes: { create: 0, update: 0, foreign: [] },
    warnings: [
      { code: "plan-invalid", message: "The components ask for 0.3 CPU; 0.2 are free." },
      { code: "conflict", message: "Istio is in this cluster already.", detail: "Its objects stay." },
    ],
  });
  expect(planLines(summary).slice(-5)).toEqual([
    "",
    "Warning: The components ask for 0.3 CPU; 0.2 are free.",
    "",
    "Warning: Istio is in this cluster already.",
    "  Its objects stay.",
  ]);
});
