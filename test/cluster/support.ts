import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import type { PracticeOptions } from "../../common/contract/index.ts";
import { PracticeCluster } from "../../electron/practice/index.ts";
import { createTools, type Tools } from "../../electron/tools/index.ts";

/** Pods become Ready at once: tests wait for what they are about, not for time to pass. */
export const fastPods: Partial<PracticeOptions> = { nodes: 3, podReadyMs: { min: 50, max: 150 } };

/** What the tests of one file work with, whatever cluster it is. */
export interface ClusterOfTest {
  readonly tools: Tools;
  /** Where the app's parts keep what they remember. */
  readonly dataDir: string;
  readonly kubeconfig: string;
}

/** A practice cluster of one test file: its data is in `practice` of the data folder. */
export interface TestCluster extends ClusterOfTest {
  readonly cluster: PracticeCluster;
}

/**
 * Why no practice cluster can be had here, or undefined. With CI=true there is no reason good enough: a suite that
 * would be skipped fails instead.
 */
export async function whyNoCluster(tools: Tools): Promise<string | undefined> {
  if ((await tools.toolboxState()) !== "missing") return undefined;
  const reason = "no toolbox: neither FLOWDECK_TOOLBOX nor a built one nor Go is here";
  if (process.env.CI === "true") throw new Error(`Cluster suites must run with CI=true, but there is ${reason}.`);
  return reason;
}

/**
 * `describe` with a running practice cluster, started before its tests in a folder of its own and removed after them.
 * Skipped with its reason where there can be none. The cluster's parts may be read inside tests and hooks only.
 */
export async function describeWithCluster(
  name: string,
  body: (test: TestCluster) => void,
  options: Partial<PracticeOptions> = fastPods,
): Promise<void> {
  const reason = await whyNoCluster(createTools());
  if (reason !== undefined) {
    describe.skip(`${name} (${reason})`, () => body(practiceForTests(options, false)));
    return;
  }
  describe(name, () => body(practiceForTests(options)));
}

/** Registers hooks that start a practice cluster and remove it; for suites that ask {@link whyNoCluster} themselves. */
export function practiceForTests(options: Partial<PracticeOptions> = fastPods, register = true): TestCluster {
  let running: { cluster: PracticeCluster; dataDir: string } | undefined;
  const tools = createTools();
  if (register) {
    beforeAll(async () => {
      const dataDir = await mkdtemp(join(tmpdir(), "flowdeck-test-"));
      const cluster = new PracticeCluster({ dataDir, tools });
      running = { cluster, dataDir };
      await cluster.start(options);
    });
    afterAll(async () => {
      if (running === undefined) return;
      await running.cluster.reset();
      running.cluster.close();
      await rm(running.dataDir, { recursive: true, force: true });
    });
  }
  const get = () => {
    if (running === undefined) throw new Error("The practice cluster runs inside tests and hooks only.");
    return running;
  };
  return {
    tools,
    get cluster() {
      return get().cluster;
    },
    get dataDir() {
      return get().dataDir;
    },
    get kubeconfig() {
      return get().cluster.kubeconfigPath;
    },
  };
}
