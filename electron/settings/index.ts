export { ContextOptionsStore } from "./context-options.ts";
export { InstallationList, type KnownInstallation } from "./installations.ts";
export { PreferencesStore } from "./preferences.ts";
export { JsonStore, type StoreOptions } from "./store.ts";
