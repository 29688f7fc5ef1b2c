export { Catalogue } from "./catalogue.ts";
export { customise } from "./customise.ts";
export type { FolderSettings } from "./flowdeckFile.ts";
export { inspectFolder } from "./folder.ts";
export { Installer, type InstallerOptions } from "./installer.ts";
export { type Prepared, type PrepareInput, type PrepareOptions, prepare } from "./prepare.ts";
export { planningSecrets, SecretStore } from "./secrets.ts";
export type * from "./types.ts";
