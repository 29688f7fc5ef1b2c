import type { ObjectTarget } from "../../../common/contract/index.ts";
import { LogsView } from "./LogsView.tsx";

/** Logs in an object's pane. */
export function LogsObjectTab({ target }: { target: ObjectTarget }) {
  return (
    <div className="logs-in-pane">
      <LogsView key={`${target.context}/${target.kind}/${target.namespace}/${target.name}`} target={target} />
    </div>
  );
}
