export { serveSignIn } from "./serve.ts";
