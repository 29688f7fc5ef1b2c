import type { ObjectChange } from "../../../common/contract/index.ts";

/** Changes with nothing to choose. */
export const simpleChanges = {
  restart: { do: "restart" },
  pause: { do: "pause", paused: true },
  unpause: { do: "pause", paused: false },
  trigger: { do: "trigger" },
  suspend: { do: "suspend", suspended: true },
  resume: { do: "suspend", suspended: false },
  cordon: { do: "cordon", unschedulable: true },
  uncordon: { do: "cordon", unschedulable: false },
} as const satisfies Record<string, ObjectChange>;

export type SimpleChange = keyof typeof simpleChanges;
