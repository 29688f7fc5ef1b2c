import { Menu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { ObjectAction } from "../../actions/objectActions.ts";
import { shownKey } from "../../app/keyNames.ts";
import { onMac } from "../../app/shortcut.ts";
import { Kbd } from "../../ui/Kbd.tsx";

/** Actions as a menu below the button that opens it; those that can't be done say why. */
export function ActionsMenu({ label, actions }: { label: string; actions: readonly ObjectAction[] }) {
  return (
    <Popover className="menu-popover" placement="top start">
      <Menu
        className="menu"
        aria-label={label}
        disabledKeys={actions.filter(({ unavailable }) => unavailable !== undefined).map(({ id }) => id)}
        onAction={(id) => actions.find((action) => action.id === id)?.run()}
      >
        {actions.map((action) => (
          <MenuItem
            key={action.id}
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
        ))}
      </Menu>
    </Popover>
  );
}
