import { homedir } from "node:os";
import type { appContract, CallOutput } from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import type { Served } from "../host/index.ts";
import { inspectFolder, kfDirOf } from "../install/index.ts";
import type { PreferencesStore } from "../settings/index.ts";

type AppInfo = CallOutput<"app.info">;

export interface AppServing {
  preferences: PreferencesStore;
  info: Pick<AppInfo, "version" | "host" | "dataDir"> & { mirror: string | undefined };
}

/** What the app is and where it runs, what it remembers, and the folders of this computer. */
export function serveApp({ preferences, info }: AppServing): Served<typeof appContract> {
  return {
    methods: {
      "app.info": async () => ({ ...defined(info), os: osName(), home: homedir() }),
      "preferences.get": () => preferences.get(),
      "preferences.set": (change) => preferences.set(defined(change)),
      "folder.inspect": ({ path, name }) => inspectFolder(name === undefined ? path : kfDirOf({ baseDir: path, name })),
    },
  };
}

function osName(): AppInfo["os"] {
  const { platform } = process;
  return platform === "linux" || platform === "darwin" || platform === "win32" ? platform : "other";
}
