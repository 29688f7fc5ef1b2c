import { MenuItem } from "react-aria-components/Menu";
import { Kbd } from "../../../ui/Kbd.tsx";
import { shownKey } from "../../../ui/key-names.ts";
import { onMac } from "../../../ui/shortcut.ts";

export interface ActionEntry {
  id: string;
  title: string;
  keys?: string | undefined;
  /** Why it can't be done now. */
  unavailable?: string | undefined;
  danger?: boolean | undefined;
  run: () => void;
}

/** An action as a line of a menu: its key beside it, or why it can't be done. */
export function ActionItem({ action }: { action: ActionEntry }) {
  return (
    <MenuItem
      id={action.id}
      textValue={action.title}
      className={action.danger ? "menu-item menu-item-danger" : "menu-item"}
    >
      <span>{action.title}</span>
      {action.unavailable ? (
        <span className="menu-reason">{action.unavailable}</span>
      ) : action.keys ? (
        <Kbd>{shownKey(action.keys, onMac())}</Kbd>
      ) : null}
    </MenuItem>
  );
}

/** Ids of those that can't be done, as a menu takes them. */
export function unavailableIds(actions: readonly ActionEntry[]): string[] {
  return actions.filter(({ unavailable }) => unavailable !== undefined).map(({ id }) => id);
}
