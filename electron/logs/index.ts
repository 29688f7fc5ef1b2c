export { Logs } from "./logs.ts";
export { serveLogs } from "./serve.ts";
