export { Forwards } from "./forwards.ts";
