import type { ObjectJson, ObjectTarget } from "../../../common/contract/index.ts";
import { builtIn, placeOf } from "../../state/connected/ObjectAnchor.tsx";
import { service } from "../../state/contributions.tsx";
import { openDockTab } from "../../state/dock.ts";
import { askForward } from "../../state/forward-start.ts";
import { text } from "../../state/read.ts";
import { go } from "../../state/route.ts";
import { openActionDialog } from "./dialogs.ts";
import type { ActionId } from "./specs.ts";

/** Does it, or opens what asks how. */
export function runAction(id: ActionId, targets: readonly ObjectTarget[], object: ObjectJson | undefined): void {
  const [target] = targets;
  if (!target) return;
  switch (id) {
    case "logs":
      openDockTab(
        { kind: "logs", target, ...(targets.length > 1 ? { more: targets.slice(1, 50) } : {}) },
        targets.length > 1 ? `${target.name} +${targets.length - 1}` : target.name,
      );
      return;
    case "logs-previous":
      openDockTab({ kind: "logs", target, previous: true }, target.name);
      return;
    case "shell":
      openDockTab({ kind: "shell", target, mode: "exec" }, target.name);
      return;
    case "attach":
      openDockTab({ kind: "shell", target, mode: "attach" }, target.name);
      return;
    case "forward":
      askForward(target);
      return;
    case "edit":
      service("objectText")?.edit(target);
      go(placeOf(target.context, target, "yaml"));
      return;
    case "go-node": {
      const node = text(object, "spec.nodeName");
      if (node !== undefined) go(placeOf(target.context, builtIn.node(node)));
      return;
    }
    default:
      openActionDialog(id, targets);
  }
}
