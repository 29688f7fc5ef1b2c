import { Menu } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { ObjectAction } from "../../../state/object-actions.ts";
import { ActionItem, unavailableIds } from "./ActionItem.tsx";

/** Actions as a menu below the button that opens it; those that can't be done say why. */
export function ActionsMenu({ label, actions }: { label: string; actions: readonly ObjectAction[] }) {
  return (
    <Popover className="menu-popover" placement="top start">
      <Menu
        className="menu"
        aria-label={label}
        disabledKeys={unavailableIds(actions)}
        onAction={(id) => actions.find((action) => action.id === id)?.run()}
      >
        {actions.map((action) => (
          <ActionItem key={action.id} action={action} />
        ))}
      </Menu>
    </Popover>
  );
}
