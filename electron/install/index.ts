export type { FolderSettings } from "./folder/flowdeck-file.ts";
export { inspectFolder } from "./folder/folder.ts";
export { planningSecrets, SecretStore } from "./folder/secrets.ts";
export { Installer, type InstallerOptions } from "./installer.ts";
export { Catalogue } from "./release/catalogue.ts";
export { customise } from "./render/customise.ts";
export { type Prepared, type PrepareInput, type PrepareOptions, prepare } from "./render/prepare.ts";
export type * from "./types.ts";
