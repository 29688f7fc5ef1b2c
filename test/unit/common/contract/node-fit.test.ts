import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fitOfCluster, fitOfPool, type Nodes, needsOf, usableOf } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { assetsDir } from "../../install/support.ts";

const GiB = 2 ** 30;
const needs = needsOf(JSON.parse(await readFile(`${assetsDir}/releases/kubeflow-26.03.json`, "utf8")));
if (needs === undefined) throw new Error("the release says nothing of what it needs");

const pool = (count: number, cpu: number, memoryGiB: number, more: Partial<Nodes> = {}): Nodes => ({
  ...{ count, architecture: "amd64", cpu, memoryBytes: memoryGiB * GiB },
  ...more,
});
const said = ({ verdict, because }: ReturnType<typeof fitOfPool>) => [verdict, textOf(because, "en")];

test.each<[string, Nodes, string, string]>([
  ["3 × m6i.2xlarge", pool(3, 8, 32, { pods: 58 }), "fits", "takes all 52 pods"],
  ["2 × n2-standard-4", pool(2, 4, 16), "fits", "takes all 52 pods"],
  ["1 × n2-standard-4", pool(1, 4, 16), "too-small", "Kubeflow requests 6.2 CPU; pods can have 3.9"],
  ["1, up to 3 × n2-standard-4", pool(1, 4, 16, { max: 3 }), "tight", "has to add nodes for 52 pods"],
  ["3 × m6i.large", pool(3, 2, 8, { pods: 29 }), "too-small", "Kubeflow requests 6.2 CPU; pods can have 5.8"],
  ["7 × t3.medium", pool(7, 2, 4, { pods: 17 }), "fits", "takes all 52 pods"],
  ["4 × t3.small", pool(4, 2, 2, { pods: 11 }), "too-small", "istiod alone needs 2.0 of 1.4 GiB"],
  ["2 × m6i.xlarge, few pods", pool(2, 4, 16, { pods: 25 }), "too-small", "Kubeflow runs 52 pods; the nodes take 42"],
  ["2 × m6i.xlarge, 31 pods", pool(2, 4, 16, { pods: 32 }), "tight", "uses 52 of 56 pods"],
  [
    "3 × m7g.large",
    pool(3, 2, 8, { architecture: "arm64" }),
    "unsuitable",
    "arm64 nodes; the images are built for amd64",
  ],
  [
    "tainted",
    pool(3, 8, 32, { taints: ["spot=yes:NoSchedule"] }),
    "unsuitable",
    "the taint spot=yes:NoSchedule keeps Kubeflow's pods away",
  ],
  ["2 × g5.xlarge", pool(2, 4, 16, { gpus: 1 }), "fits", "for notebooks and training"],
  ["no nodes", pool(0, 4, 16), "too-small", "there are no nodes"],
])("%s", (_name, nodes, verdict, because) => {
  expect(said(fitOfPool(nodes, needs))).toEqual([verdict, because]);
});

test("a cluster's pools count together, but for those that are no use", () => {
  const arm = pool(3, 8, 32, { architecture: "arm64" });
  expect(said(fitOfCluster([pool(1, 4, 16), pool(1, 4, 16), arm], needs))[0]).toBe("fits");
  expect(said(fitOfCluster([pool(1, 4, 16), arm], needs))[0]).toBe("too-small");
  expect(said(fitOfCluster([arm], needs))[0]).toBe("unsuitable");
  expect(said(fitOfCluster([pool(2, 8, 32, { gpus: 1 })], needs))[0]).toBe("fits");
  expect(said(fitOfCluster([pool(1, 4, 16), pool(8, 8, 32, { gpus: 1 })], needs))[0]).toBe("too-small");
  expect(said(fitOfCluster([], needs))).toEqual(["too-small", "there are no nodes"]);
  expect(said(fitOfCluster([pool(3, 8, 32)], needs, "v1.31.4-eks-1"))).toEqual([
    "unsuitable",
    "runs Kubernetes v1.31.4-eks-1; needs 1.34 or later",
  ]);
});

test("images that were looked up are counted, and live nodes are taken as they are", () => {
  const looked = { ...needs, lacking: { arm64: { count: 11, of: 53 } } };
  expect(said(fitOfPool(pool(1, 8, 32, { architecture: "arm64" }), looked))[1]).toBe(
    "11 of 53 images have no arm64 build",
  );
  expect(usableOf(pool(1, 2, 2, { pods: 9, usable: true }))).toEqual({ cpu: 2, memoryBytes: 2 * GiB, pods: 9 });
});

// The examples of https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
test.each([
  [2, 8, 1.93, 6.1],
  [4, 16, 3.92, 13.3],
  [8, 32, 7.91, 28.3],
])("a node with %s CPU and %s GiB has %s CPU and %s GiB for pods", (cpu, memory, usableCpu, usableGiB) => {
  const usable = usableOf(pool(1, cpu, memory));
  expect(usable.cpu).toBeCloseTo(usableCpu, 2);
  expect(usable.memoryBytes / GiB).toBeCloseTo(usableGiB, 0);
});
