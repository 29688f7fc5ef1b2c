import { expect, it } from "vitest";
import { atNetworkPolicy, atPod } from "../../../../common/kube/index.ts";

const pod = { spec: { nodeName: "node-1", nodeSelector: { "kubernetes.io/os": "linux" } }, status: "not an object" };

it("reads what is there, whatever its form, and only paths that the kind has", () => {
  expect(atPod(pod, "spec", "nodeName")).toBe("node-1");
  expect(atPod(pod, "spec", "nodeSelector", "kubernetes.io/os")).toBe("linux");
  expect(atPod(pod, "status", "phase")).toBeUndefined();
  // @ts-expect-error: pods have no such field; were it not refused, this line would not compile
  expect(atPod(pod, "spec", "nodeNam")).toBeUndefined();
  // @ts-expect-error: nor can a path go on below a text
  expect(atPod(pod, "spec", "nodeName", "length")).toBeUndefined();
});

it("knows fields whose names are words of JavaScript by their names in JSON", () => {
  expect(atNetworkPolicy({ spec: { ingress: [] } }, "spec", "ingress")).toEqual([]);
});
