import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { ContextId } from "../../common/contract/index.ts";
import { ClusterConnections, Kubeconfigs } from "../../electron/cluster/index.ts";
import { ContextOptionsStore } from "../../electron/settings/index.ts";
import { createTools } from "../../electron/tools/index.ts";
import { Kubectl } from "./kubectl.ts";
import type { ClusterOfTest } from "./support.ts";

/** Connections as the backend has them, of which one kubeconfig is all they know. */
export interface OpenConnections {
  readonly kubeconfigs: Kubeconfigs;
  readonly connections: ClusterConnections;
  /** Id of the kubeconfig's first context. */
  readonly context: ContextId;
}

/** The connections of one test file, and kubectl beside them. */
export interface ClusterRoom extends OpenConnections {
  readonly kubectl: Kubectl;
}

/** Opens a kubeconfig, with settings in `dataDir`. Whoever opens them closes the connections. */
export async function openConnections(kubeconfig: string, dataDir: string): Promise<OpenConnections> {
  const environment = createTools().environment();
  const kubeconfigs = new Kubeconfigs({
    dataDir,
    // Not the one of whoever runs the tests.
    environment: { ...environment, KUBECONFIG: join(dataDir, "none") },
    home: dataDir,
    options: new ContextOptionsStore(dataDir),
    practice: kubeconfig,
  });
  const connections = new ClusterConnections({ kubeconfigs, environment, lingerMs: 100 });
  const { contexts } = await kubeconfigs.list();
  const context = contexts[0]?.id;
  if (context === undefined) throw new Error(`${kubeconfig} has no context.`);
  return { kubeconfigs, connections, context };
}

/**
 * Registers hooks that open connections to the practice cluster of a `describe`, and close them after the hooks of
 * the test file. All but kubectl may be read inside tests and hooks only.
 */
export function clusterRoom(test: ClusterOfTest): ClusterRoom {
  let opened: OpenConnections | undefined;
  beforeAll(async () => {
    opened = await openConnections(test.kubeconfig, test.dataDir);
  });
  afterAll(() => opened?.connections.close());
  const get = (): OpenConnections => {
    if (opened === undefined) throw new Error("Connections are there inside tests and hooks only.");
    return opened;
  };
  return {
    kubectl: new Kubectl(test.tools, () => test.kubeconfig),
    get kubeconfigs() {
      return get().kubeconfigs;
    },
    get connections() {
      return get().connections;
    },
    get context() {
      return get().context;
    },
  };
}
