export { type Keychain, RegistryStore } from "./registry-store.ts";
export { pullSecretsOf, serveRegistries } from "./serve.ts";
