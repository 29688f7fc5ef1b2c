import type { Client } from "../../renderer/state/api/client.ts";

/** A backend that is still at it: no call is answered, no stream says anything. Views show what their stores hold. */
export const silent: Client = {
  host: "web",
  call: () => new Promise(() => undefined),
  subscribe: () => () => undefined,
  connection: "open",
  onConnection: () => () => undefined,
};
