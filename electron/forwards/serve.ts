import type { forwardsContract } from "../../common/contract/index.ts";
import type { Served } from "../host/index.ts";
import type { Forwards } from "./forwards.ts";

/** The list of forwarded ports behind the contract; it ends with the app. */
export function serveForwards({ forwards }: { forwards: Forwards }): Served<typeof forwardsContract> {
  return {
    methods: {
      "forwards.ports": async (target, signal) => ({ ports: await forwards.ports(target, signal) }),
      "forwards.start": ({ target, port, localPort }, signal) => forwards.start({ target, port, localPort, signal }),
      "forwards.stop": async ({ id }) => {
        await forwards.stop(id);
        return {};
      },
      "forwards.watch": (_input, signal) => forwards.watch(signal),
    },
    close: () => forwards.close(),
  };
}
