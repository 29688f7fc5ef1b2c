import type { Feature } from "../../state/contributions.tsx";
import { Clusters } from "./Clusters.tsx";
import { ClusterTabs } from "./ClusterTabs.tsx";
import { contextCommands } from "./commands.ts";

export const contexts: Feature = {
  routes: { clusters: Clusters },
  commands: [contextCommands],
  topBar: { ClusterTabs },
};
