import { homedir } from "node:os";
import { join } from "node:path";
import type { ContextId } from "../common/contract/index.ts";
import { defined } from "../common/json/index.ts";
import type { Message } from "../common/words/index.ts";
import { serveAccess } from "./access/index.ts";
import { serveActions } from "./actions/index.ts";
import { serveApp } from "./app/index.ts";
import { serveChecks } from "./checks/index.ts";
import { ClusterConnections, contextIdOf, Kubeconfigs, serveClusters } from "./cluster/index.ts";
import { serveEdit } from "./edit/index.ts";
import { Forwards, serveForwards } from "./forwards/index.ts";
import type { Backend, HostLog, Served } from "./host/index.ts";
import { Installer, SecretStore, serveInstall } from "./install/index.ts";
import { serveInstalled } from "./installed/index.ts";
import { KfDefs, serveKfDefs } from "./kfdef/index.ts";
import { serveLogs } from "./logs/index.ts";
import { serveObjects } from "./objects/index.ts";
import { serveOverview } from "./overview/index.ts";
import { Platforms, readKernelLimits, servePlatforms } from "./platforms/index.ts";
import { PracticeCluster, servePractice } from "./practice/index.ts";
import { serveProfiles } from "./profiles/index.ts";
import { type Keychain, pullSecretsOf, RegistryStore, serveRegistries } from "./registries/index.ts";
import { ContextOptionsStore, InstallationList, PreferencesStore } from "./settings/index.ts";
import { serveSdkTokens, serveSignIn } from "./sign-in/index.ts";
import { serveTables, Tables } from "./tables/index.ts";
import { serveTerminal, terminalSessions } from "./terminal/index.ts";
import { createTools } from "./tools/index.ts";
import { serveWayIn } from "./way-in/index.ts";

export interface BackendOptions {
  /** Where this app keeps what it remembers; it exists. */
  dataDir: string;
  mirror?: string;
  /** Read instead of KUBECONFIG and the default file. */
  kubeconfigs?: readonly string[];
  env: NodeJS.ProcessEnv;
  host: "electron" | "web";
  /** The command line's practice cluster runs on after it; the app's ends with it. */
  practiceOwner?: "app" | "cli";
  version: string;
  /** The folder with releases/ and starter/. */
  assetsDir: string;
  /** Of a packaged app: where the toolbox was put. */
  resourcesDir?: string;
  log: HostLog;
  /** The system's, where the host has one. */
  keychain?: Keychain;
}

export interface RunningBackend {
  backend: Backend;
  /** For the command line, which builds a KfDef without a cluster. */
  kfdefs: Pick<KfDefs, "build">;
  /** A sentence on what ending now would interrupt, if anything. */
  activity(): Message | undefined;
  /** Whether the app itself forwards this loopback address into a cluster. */
  ownsAddress(url: URL): boolean;
  /** Ends everything; gives lines on what was stopped and what stays. */
  close(): Promise<Message[]>;
}

/** The composition root: builds what rooms share, then the list of rooms, and puts them behind the contract. */
export async function createBackend(options: BackendOptions): Promise<RunningBackend> {
  const { dataDir, assetsDir, mirror, log, env, version } = options;
  const damaged = (file: string, kept: string) => log(`${file} could not be read; it was set aside as ${kept}`);
  const preferences = new PreferencesStore(dataDir, damaged);
  const tools = createTools(defined({ env, resources: options.resourcesDir }));
  const practice = new PracticeCluster({ dataDir, tools, owner: options.practiceOwner ?? "app" });
  const kubeconfigs = new Kubeconfigs({
    dataDir,
    environment: env,
    home: homedir(),
    practice: practice.kubeconfigPath,
    options: new ContextOptionsStore(dataDir, damaged),
    ...defined({ explicit: options.kubeconfigs }),
  });
  const connections = new ClusterConnections({ kubeconfigs, environment: tools.environment() });
  const forwards = new Forwards(connections);
  const kfdefs = new KfDefs({ tools, dataDir, assetsDir, mirror });
  const registryStore = new RegistryStore(dataDir, options.keychain, damaged);
  const installer = new Installer({
    connections,
    forwards,
    tools,
    dataDir,
    assetsDir,
    mirror,
    secrets: new SecretStore(join(dataDir, "secrets")),
    installations: new InstallationList(dataDir, damaged),
    kfdef: kfdefs,
    pullSecrets: pullSecretsOf(registryStore),
  });
  const favourites = async (context: ContextId) => (await preferences.get()).browse?.favouriteNamespaces[context] ?? [];
  const tables = new Tables({ connections, kubeconfigs, favourites, log });

  const registries = serveRegistries({
    ...{ connections, tools, dataDir, assetsDir, mirror, store: registryStore },
    recordPullSecrets: (change) => installer.recordPullSecrets(change),
  });
  const terminals = terminalSessions({ connections, tools, dataDir, version, installer });

  // Adding a room is a folder with a serve.ts, and its line here.
  const rooms = [
    serveApp({ preferences, info: { version, host: options.host, dataDir, mirror } }),
    serveInstall({ installer }),
    serveInstalled({ connections, installer }),
    serveChecks({
      connections,
      planned: (request, signal) => installer.planned(request, signal),
      addPracticeNodes: async (nodes, signal) => {
        await practice.start({ nodes }, signal);
      },
      readKernelLimits,
      inspectImages: (images, signal) =>
        registries.methods["images.inspect"]({ images: [...images], head: true }, signal),
    }),
    serveKfDefs({ kfdefs }),
    serveTables({ connections, tables }),
    serveObjects({ connections }),
    serveEdit({ connections }),
    serveActions({ connections }),
    serveLogs({ connections }),
    serveTerminal({ terminals }),
    serveForwards({ forwards }),
    serveAccess({ connections }),
    serveOverview({ connections, tables, log }),
    serveProfiles({ connections }),
    registries,
    serveSignIn({ connections, installer }),
    serveSdkTokens({ connections, installer, dataDir }),
    servePlatforms({ platforms: new Platforms({ tools, kubeconfigs, dataDir, terminals, onDamaged: damaged }) }),
    serveWayIn({ connections, installer, dataDir, onDamaged: damaged }),
  ];
  // What the rooms above work on; it ends after them.
  const clusters = serveClusters({ kubeconfigs, connections });
  const practiceCluster = servePractice({
    practice,
    context: contextIdOf(practice.kubeconfigPath, "practice"),
    keep: options.practiceOwner === "cli",
    log,
  });

  return {
    backend: methodsOf([...rooms, practiceCluster, clusters]),
    kfdefs,
    activity: () => installer.activity(),
    ownsAddress: (url) => forwards.owns(url),
    async close() {
      await Promise.all(rooms.map((room) => room.close?.()));
      const lines = await practiceCluster.close();
      await connections.close();
      return lines;
    },
  };
}

type Intersection<T> = (T extends unknown ? (value: T) => void : never) extends (value: infer All) => void
  ? All
  : never;

/** All rooms' methods in one table; a method or stream of the contract that no room answers does not compile. */
function methodsOf<Room extends Served<unknown>>(rooms: readonly Room[]): Intersection<Room["methods"]> {
  return Object.assign({}, ...rooms.map((room) => room.methods));
}
