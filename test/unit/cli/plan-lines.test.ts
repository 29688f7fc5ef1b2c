import { expect, test } from "vitest";
import { planSummary } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { planLines, removalLines } from "../../../electron/cli/plan-lines.ts";

test("a plan as text ends with what speaks against it", () => {
  const summary = planSummary.parse({
    id: "p",
    ...{ release: "r", context: "c", kfDir: "/k", components: [], waves: [], images: [] },
    totals: { cpu: 0, memoryBytes: 0, storageBytes: 0, pods: 0, objects: 0, images: 0, customResourceDefinitions: 0 },
    changes: { create: 0, update: 0, foreign: [] },
    warnings: [
      { code: "plan-invalid", message: "The components request 0.3 CPU, but only 0.2 CPU is available." },
      { code: "conflict", message: "Istio is in this cluster already.", detail: "Its objects stay." },
    ],
    platform: { id: "aks", changes: [message("clusterPlatform.enforcer", { count: 2, annotation: "a/b" })] },
  });
  expect(planLines(summary).slice(-6)).toEqual([
    "Because this cluster is AKS: 2 webhook configurations get the annotation `a/b`, because AKS would otherwise change their namespace selectors.",
    "",
    "Warning: The components request 0.3 CPU, but only 0.2 CPU is available.",
    "",
    "Warning: Istio is in this cluster already.",
    "  Its objects stay.",
  ]);
});

test("a removal says what goes and what stays, in the user's language", () => {
  const object = { apiVersion: "v1", kind: "ConfigMap", namespace: "ours", name: "theirs" };
  const plan = {
    ...{ objects: 1, namespaces: ["ours", "auth"], others: [object] },
    kept: [{ object, because: message("removal.wasThere") }],
  };
  expect(removalLines(plan, "en")).toEqual([
    "To be deleted: 1 object, including the namespaces ours, auth.",
    "Stays: ConfigMap ours/theirs: it existed before the installation",
    "To also delete what others created in these namespaces, add --others.",
  ]);
  for (const line of removalLines(plan, "ko")) expect(line).toMatch(/[가-힣]/);
  expect(removalLines(plan, "ko")[1]).toBe("남는 것: ConfigMap ours/theirs: 설치하기 전부터 있었습니다");
  expect(removalLines({ ...plan, namespaces: [] }, "en")[0]).toBe("To be deleted: 1 object. No namespace is deleted.");
});
