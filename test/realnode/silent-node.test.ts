import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveObjects } from "../../electron/objects/index.ts";
import { busybox, causesOf, describeOnRealNodes } from "./support.ts";

describeOnRealNodes("a node whose kubelet stops", (nodes) => {
  const { kubectl } = nodes.room;
  const here = ["-n", nodes.namespace];
  const selector = { "kubernetes.io/hostname": "real-2" };
  let objects: ReturnType<typeof serveObjects>;
  let kubelet = 0;

  beforeAll(async () => {
    objects = serveObjects(nodes.room);
    const pids = await readFile(join(dirname(nodes.kubeconfig), "run", "pids"), "utf8");
    kubelet = Number(/^kubelet2 (\d+)$/m.exec(pids)?.[1]);
    await kubectl.apply(
      nodes.pod("alone", {}, { nodeSelector: selector }),
      nodes.manifest("apps/v1", "Deployment", "served", {
        spec: {
          selector: { matchLabels: { app: "served" } },
          template: {
            metadata: { labels: { app: "served" } },
            spec: {
              terminationGracePeriodSeconds: 0,
              nodeSelector: selector,
              containers: [{ name: "c", image: busybox, command: ["sleep", "100000"] }],
            },
          },
        },
      }),
    );
    await kubectl.wait("pod/alone", "condition=Ready", ...here);
    await kubectl.wait("deployment/served", "condition=Available", ...here);
  });
  afterAll(async () => {
    if (kubelet > 0) process.kill(kubelet, "SIGCONT");
    await kubectl.wait("node/real-2", "condition=Ready");
    await objects?.close?.();
  });

  // The control plane waits 50 s for a node before it calls it unknown.
  it("is named by its pods and by what made them, and by nobody once it answers again", async () => {
    const targets = [nodes.target("Pod", "alone"), nodes.target("Deployment", "served")];
    const node = nodes.target("Node", "real-2");
    process.kill(kubelet, "SIGSTOP");
    const silent = { id: "onSilentNode", params: { node: "real-2" }, level: "bad" };
    for (const target of targets) {
      const causes = await causesOf(objects, target, (given) => given.some(({ id }) => id === silent.id), 110_000);
      expect(causes[0]).toMatchObject(silent);
    }
    await causesOf(objects, node, (causes) => causes.some(({ id }) => id === "nodeNotReady"), 110_000);
    process.kill(kubelet, "SIGCONT");
    for (const target of [node, ...targets]) await causesOf(objects, target, (causes) => causes.length === 0, 110_000);
  }, 240_000);
});
