export { readRendered } from "./drift/read-rendered.ts";
export { clusterUid } from "./installation-dir/cluster-guard.ts";
export type { FolderSettings } from "./installation-dir/flowdeck-file.ts";
export { inspectFolder, kfDirOf } from "./installation-dir/installation-dir.ts";
export { planningSecrets, SecretStore } from "./installation-dir/secrets.ts";
export { Installer, type InstallerOptions } from "./installer.ts";
export { describe, refOf } from "./objects.ts";
export { listRecords } from "./plan/installation-record.ts";
export {
  componentLabel,
  fieldManager,
  forceOver,
  installationLabel,
  type PlanNode,
  registryManager,
} from "./plan/plan-types.ts";
export { ebsDriverProblem, missingRoom, readCapacity } from "./plan/preflight.ts";
export { intercepts, type Reviewed, webhooksOf } from "./plan/webhooks.ts";
export { podTemplateOf, resourcesOf } from "./plan/workloads.ts";
export type { PlannedInstallation, PlanRequest } from "./planner.ts";
export { Catalogue } from "./release/catalogue.ts";
export { type Builder, type BuildFolder, type BuildOptions, buildFolders, findBuilder } from "./render/build.ts";
export { customise } from "./render/customise.ts";
export {
  DexConfig,
  type DexPerson,
  disabledFile,
  disabledPeople,
  readDisabled,
  sameAddress,
} from "./render/dex-config.ts";
export { configHashAnnotation } from "./render/edit.ts";
export { imagesIn } from "./render/image-prefix.ts";
export { type Prepared, type PrepareInput, type PrepareOptions, prepare } from "./render/prepare.ts";
export { pullSecretOf } from "./render/pull-secret.ts";
export { isRemoteReference } from "./render/remote-bases.ts";
export { dexClient, dexConfig, dexDeployment, dexPasswords, proxyDeployment, proxySecretIn } from "./render/sign-in.ts";
export { certificateSecret, endsAtGateway, wayInName } from "./render/way-in.ts";
export { serveInstall } from "./serve.ts";
export type { RecordedChange, SignInRecord } from "./sign-in-record.ts";
export { unpackArchive } from "./sources/archive.ts";
export { cacheName, download } from "./sources/download.ts";
export { contentId } from "./sources/git-tree.ts";
export { type Mirror, openMirror } from "./sources/mirror.ts";
export { scratchFolder } from "./sources/scratch.ts";
export { type LocalSource, provideSource, type SourceOptions } from "./sources/sources.ts";
export type * from "./types.ts";
