export { decodePercent } from "./decode-percent.ts";
