import type { ClusterConnections, Kubeconfigs } from "./cluster/index.ts";
import type { Forwards } from "./forwards/index.ts";
import type { Backend, HostLog } from "./host/index.ts";
import type { Installer } from "./install/index.ts";
import type { PreferencesStore } from "./settings/index.ts";
import type { Tools } from "./tools/index.ts";

/** What the rooms behind the resource browser are built from. */
export interface BrowserDeps {
  connections: ClusterConnections;
  kubeconfigs: Kubeconfigs;
  tools: Tools;
  forwards: Forwards;
  installer: Installer;
  preferences: PreferencesStore;
  dataDir: string;
  version: string;
  host: "electron" | "web";
  log: HostLog;
}

/** A room behind its part of the contract, and what ends everything it runs. */
export interface Part<Names> {
  methods: Pick<Backend, Extract<keyof Names, keyof Backend>>;
  close(): Promise<void>;
}
