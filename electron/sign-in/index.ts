export { serveSignIn } from "./serve.ts";
export { serveSdkTokens } from "./serve-tokens.ts";
