import type { kfdefContract } from "../../common/contract/index.ts";
import type { Served } from "../host/index.ts";
import type { KfDefs } from "./kfdefs.ts";

/** KfDef files behind the contract: read, edited, and what may be chosen in them. */
export function serveKfDefs({ kfdefs }: { kfdefs: KfDefs }): Served<typeof kfdefContract> {
  return {
    methods: {
      "kfdef.read": (input, signal) => kfdefs.read(input, signal),
      "kfdef.edit": (input) => kfdefs.edit(input),
      "kfdef.choices": (input, signal) => kfdefs.choices(input, signal),
    },
  };
}
