import type { ObjectTarget } from "../../electron/contract/index.ts";
import { objectTabs } from "./tabs.ts";

export interface ObjectPaneProps {
  target: ObjectTarget;
  /** Id of the tab to show; the first when it is unknown. */
  tab: string | undefined;
  onTab(id: string): void;
  onClose(): void;
}

/** Everything about one object, beside the table it was chosen in. */
export function ObjectPane({ target, tab }: ObjectPaneProps) {
  const shown = objectTabs.find(({ id }) => id === tab) ?? objectTabs[0];
  return (
    <aside className="object-pane" aria-label={target.name}>
      <h2>{target.name}</h2>
      {shown ? <shown.Content target={target} /> : null}
    </aside>
  );
}
