import { expect, test } from "vitest";
import { gpusIn } from "../../../electron/installed/gpus.ts";

const node = (allocatable: object) => ({
  ...{ apiVersion: "v1", kind: "Node", metadata: { name: "n" } },
  status: { allocatable },
});
const pod = (notebook: string, limits: object, more: object = {}) => ({
  ...{ apiVersion: "v1", kind: "Pod" },
  metadata: { name: `${notebook}-0`, namespace: "vision", labels: { "notebook-name": notebook } },
  spec: { nodeName: "n", containers: [{ name: "main", resources: { limits } }] },
  status: { phase: "Running" },
  ...more,
});

test("GPUs of the nodes, and whose notebooks hold them", () => {
  const pods = [
    pod("small", { "nvidia.com/gpu": "1" }),
    pod("big", { "nvidia.com/gpu": 2, cpu: "4" }),
    pod("plain", { cpu: "4" }),
    pod("over", { "nvidia.com/gpu": "1" }, { status: { phase: "Succeeded" } }),
    pod(
      "waiting",
      { "nvidia.com/gpu": "1" },
      { spec: { containers: [{ resources: { limits: { "nvidia.com/gpu": 1 } } }] } },
    ),
  ];
  const owners: Record<string, string> = { vision: "ann@example.com" };
  const found = gpusIn(
    [node({ "nvidia.com/gpu": "4" }), node({ "amd.com/gpu": 1 })],
    () => pods,
    (name) => owners[name],
  );
  expect(found).toEqual({
    total: 5,
    notebooks: [
      { namespace: "vision", name: "big", count: 2, owner: "ann@example.com" },
      { namespace: "vision", name: "small", count: 1, owner: "ann@example.com" },
    ],
  });
});

test("nothing where there are none, and pods are not asked for", () => {
  const never = () => {
    throw new Error("asked for");
  };
  expect(gpusIn([node({ cpu: "4" })], never, () => undefined)).toBeUndefined();
});
