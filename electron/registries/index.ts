export type { Keychain } from "./registry-store.ts";
export { serveRegistries } from "./serve.ts";
