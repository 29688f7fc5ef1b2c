import type { Message } from "../../common/words/index.ts";

/** What was found out about a connector: `bad` is certain, `warn` could not be found out from here. */
export interface Finding {
  tone: "ok" | "warn" | "bad";
  said: Message;
}
