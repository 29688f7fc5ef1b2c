export { Forwards } from "./forwards.ts";
export { serveForwards } from "./serve.ts";
