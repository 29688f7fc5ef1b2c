import type { Feature } from "../../state/contributions.tsx";
import { ActionHost } from "./ActionHost.tsx";
import { useObjectActions } from "./object-actions.ts";
import { runAction } from "./run.ts";

export const actions: Feature = {
  dialogs: { ActionHost },
  services: {
    objectActions: { useObjectActions, changeImage: (target, object) => runAction("image", [target], object) },
  },
};
