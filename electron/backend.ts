import { homedir } from "node:os";
import { join } from "node:path";
import { browserPart } from "./backend-browser.ts";
import { installPart } from "./backend-install.ts";
import { defined, practicePart } from "./backend-practice.ts";
import { ClusterConnections, contextId, KubeconfigEditor, Kubeconfigs } from "./cluster/index.ts";
import { Forwards } from "./forwards/index.ts";
import type { Backend, HostLog } from "./host/index.ts";
import { Installer, inspectFolder, SecretStore } from "./install/index.ts";
import { KfDefs } from "./kfdef/index.ts";
import { PracticeCluster } from "./practice/index.ts";
import { ContextOptionsStore, InstallationList, PreferencesStore } from "./settings/index.ts";
import { createTools } from "./tools/index.ts";

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
}

export interface RunningBackend {
  backend: Backend;
  /** For the command line, which builds a KfDef without a cluster. */
  kfdefs: Pick<KfDefs, "build">;
  /** A sentence on what ending now would interrupt, if anything. */
  activity(): string | undefined;
  /** Whether the app itself forwards this loopback address into a cluster. */
  ownsAddress(url: URL): boolean;
  /** Ends everything; gives lines on what was stopped and what stays. */
  close(): Promise<string[]>;
}

/** The composition root: builds the rooms from the settings and puts their functions behind the contract. */
export async function createBackend(options: BackendOptions): Promise<RunningBackend> {
  const { dataDir, assetsDir, mirror, log, env, resourcesDir, kubeconfigs: explicit } = options;
  const damaged = (file: string, kept: string) => log(`${file} could not be read; it was set aside as ${kept}`);
  const preferences = new PreferencesStore(dataDir, damaged);
  const tools = createTools({ env, ...(resourcesDir === undefined ? {} : { resources: resourcesDir }) });
  const cluster = new PracticeCluster({ dataDir, tools, owner: options.practiceOwner ?? "app" });
  const practice = practicePart(cluster, contextId(cluster.kubeconfigPath, "practice"), log);
  const kubeconfigs = new Kubeconfigs({
    dataDir,
    environment: env,
    home: homedir(),
    practice: cluster.kubeconfigPath,
    options: new ContextOptionsStore(dataDir, damaged),
    ...(explicit === undefined ? {} : { explicit }),
  });
  const editor = new KubeconfigEditor(kubeconfigs);
  const connections = new ClusterConnections({ kubeconfigs, environment: tools.environment() });
  const forwards = new Forwards(connections);
  const kfdefs = new KfDefs({ tools, dataDir, assetsDir, mirror });
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
  });
  const install = installPart(installer);
  const browser = browserPart({
    connections,
    kubeconfigs,
    tools,
    forwards,
    installer,
    preferences,
    dataDir,
    version: options.version,
    host: options.host,
    log,
  });

  const backend: Backend = {
    "app.info": async () => ({
      version: options.version,
      host: options.host,
      os: osName(),
      home: homedir(),
      dataDir,
      ...(mirror === undefined ? {} : { mirror }),
    }),
    "preferences.get": () => preferences.get(),
    "preferences.set": (change) => preferences.set(defined(change)),
    "kfdef.read": (input, signal) => kfdefs.read(input, signal),
    "kfdef.edit": (input) => kfdefs.edit(input),
    "kfdef.choices": (input, signal) => kfdefs.choices(input, signal),
    "folder.inspect": ({ path }) => inspectFolder(path),
    "contexts.list": () => kubeconfigs.list(),
    "contexts.watch": (_input, signal) => kubeconfigs.watch(signal),
    "contexts.addFile": ({ path }) => kubeconfigs.addFile(path),
    "contexts.removeFile": ({ path }) => kubeconfigs.removeFile(path),
    "contexts.setOptions": ({ context, change }) => kubeconfigs.setOptions(context, change),
    "contexts.rename": ({ context, name }) => editor.rename(context, name),
    "contexts.removal": ({ context }) => editor.removal(context),
    "contexts.remove": ({ context }) => editor.remove(context),
    "contexts.setCurrent": ({ context }) => editor.setCurrent(context),
    "cluster.connect": ({ context }, signal) => connections.connect(context, signal),
    "cluster.approveExec": async ({ context, command }) => {
      await kubeconfigs.approveExec(context, command);
      return {};
    },
    ...practice.methods,
    ...install.methods,
    ...browser.methods,
  };

  return {
    backend,
    kfdefs,
    activity: () => installer.activity(),
    ownsAddress: (url) => forwards.owns(url),
    async close() {
      // What works on a cluster ends before the cluster does.
      await Promise.all([installer.close(), browser.close()]);
      const lines = await practice.close(options.practiceOwner === "cli");
      await connections.close();
      return lines;
    },
  };
}

function osName(): "linux" | "darwin" | "win32" | "other" {
  const { platform } = process;
  return platform === "linux" || platform === "darwin" || platform === "win32" ? platform : "other";
}
