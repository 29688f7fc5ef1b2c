import type { Amounts } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { atContainer, atPod, atPodSpec, parseQuantity } from "../../common/kube/index.ts";

export const noAmounts: Amounts = { cpu: 0, memory: 0 };

export function plus(a: Amounts, b: Amounts): Amounts {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory };
}

export function sumOf(all: Iterable<Amounts>): Amounts {
  let sum = noAmounts;
  for (const one of all) sum = plus(sum, one);
  return sum;
}

function larger(a: Amounts, b: Amounts): Amounts {
  return { cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory) };
}

/** A resource list such as `{ cpu: "250m", memory: "1Gi" }`; what is missing or no quantity counts as nothing. */
export function readAmounts(resources: unknown): Amounts {
  return { cpu: parseQuantity(at(resources, "cpu")) ?? 0, memory: parseQuantity(at(resources, "memory")) ?? 0 };
}

/**
 * What the scheduler sets aside for a pod: its containers and sidecars together, or what an init container needs beside
 * the sidecars started before it, whichever is more; what the pod itself asks for goes before; overhead on top.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function requestsOf(pod: unknown): Amounts {
  const spec = atPod(pod, "spec");
  let sidecars = noAmounts;
  let starting = noAmounts;
  for (const container of list(atPodSpec(spec, "initContainers"))) {
    const own = readAmounts(atContainer(container, "resources", "requests"));
    const beside = plus(sidecars, own);
    starting = larger(starting, beside);
    if (text(atContainer(container, "restartPolicy")) === "Always") sidecars = beside;
  }
  const running = sumOf(
    list(atPodSpec(spec, "containers")).map((one) => readAmounts(atContainer(one, "resources", "requests"))),
  );
  const needed = larger(plus(running, sidecars), starting);
  const wanted = atPodSpec(spec, "resources", "requests");
  const own = readAmounts(wanted);
  return plus(
    {
      cpu: at(wanted, "cpu") === undefined ? needed.cpu : own.cpu,
      memory: at(wanted, "memory") === undefined ? needed.memory : own.memory,
    },
    readAmounts(atPodSpec(spec, "overhead")),
  );
}

/** On a node: what waits for one holds nothing yet, what is over nothing any more. As kubectl describe node counts. */
export function holdsResources(pod: unknown): boolean {
  const phase = text(atPod(pod, "status", "phase"));
  return text(atPod(pod, "spec", "nodeName")) !== undefined && phase !== "Succeeded" && phase !== "Failed";
}

/** The sum of a NodeMetricsList (`usage` of each item) or of a PodMetricsList (`usage` of each container). */
export function sumOfMetrics(answer: unknown): Amounts {
  return sumOf(
    list(at(answer, "items")).map((item) => {
      const containers = list(at(item, "containers"));
      return plus(
        readAmounts(at(item, "usage")),
        sumOf(containers.map((container) => readAmounts(at(container, "usage")))),
      );
    }),
  );
}
