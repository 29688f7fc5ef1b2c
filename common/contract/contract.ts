import type { z } from "zod";
import { accessContract } from "./access.ts";
import { actionsContract } from "./actions.ts";
import { adoptContract } from "./adopt.ts";
import { appContract } from "./app.ts";
import { checksContract } from "./checks.ts";
import { clusterContract } from "./cluster.ts";
import type { Method, Stream } from "./define.ts";
import { driftContract } from "./drift.ts";
import { editContract } from "./edit.ts";
import { forwardsContract } from "./forwards.ts";
import { installContract } from "./install.ts";
import { installedContract } from "./installed.ts";
import { kfdefContract } from "./kfdef.ts";
import { logsContract } from "./logs.ts";
import { objectsContract } from "./objects.ts";
import { overviewContract } from "./overview.ts";
import { platformsContract } from "./platforms.ts";
import { practiceContract } from "./practice.ts";
import { profilesContract } from "./profiles.ts";
import { registriesContract } from "./registries.ts";
import { registryDeploymentContract } from "./registry-deployment.ts";
import { resourcesContract } from "./resources.ts";
import { sdkTokenContract } from "./sdk-token.ts";
import { signInContract } from "./sign-in.ts";
import { tablesContract } from "./tables.ts";
import { terminalContract } from "./terminal.ts";
import { upgradeContract } from "./upgrade.ts";
import { wayInContract } from "./way-in.ts";

/** Everything the renderer may ask. Both hosts, the client and the window's bridge are made from this table. */
export const contract = {
  ...appContract,
  ...clusterContract,
  ...practiceContract,
  ...installContract,
  ...checksContract,
  ...adoptContract,
  ...driftContract,
  ...installedContract,
  ...registriesContract,
  ...registryDeploymentContract,
  ...resourcesContract,
  ...tablesContract,
  ...objectsContract,
  ...editContract,
  ...actionsContract,
  ...kfdefContract,
  ...logsContract,
  ...terminalContract,
  ...forwardsContract,
  ...accessContract,
  ...overviewContract,
  ...profilesContract,
  ...sdkTokenContract,
  ...signInContract,
  ...platformsContract,
  ...wayInContract,
  ...upgradeContract,
};

export type Contract = typeof contract;
export type MethodName = { [K in keyof Contract]: Contract[K] extends Method ? K : never }[keyof Contract];
export type StreamName = { [K in keyof Contract]: Contract[K] extends Stream ? K : never }[keyof Contract];

/** What a caller passes (defaults not yet filled in). */
export type CallInput<K extends MethodName> = z.input<Contract[K]["input"]>;
/** What the backend gets (parsed, defaults filled in). */
export type ParsedInput<K extends MethodName | StreamName> = z.output<Contract[K]["input"]>;
export type CallOutput<K extends MethodName> = z.output<Contract[K]["output"]>;
export type StreamInput<K extends StreamName> = z.input<Contract[K]["input"]>;
export type StreamItem<K extends StreamName> = z.output<Contract[K]["item"]>;
