export { LiveLists } from "./live-list.ts";
export { forPage } from "./mask.ts";
export { watchObject } from "./watch-object.ts";
