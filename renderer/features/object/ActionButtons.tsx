import { useId } from "react";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Text } from "react-aria-components/Text";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import type { ObjectAction } from "../../state/object-actions.ts";
import { useObjectActions } from "../../state/use-object-actions.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Ellipsis } from "../../ui/icons.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { shownKey } from "../../ui/key-names.ts";
import { onMac } from "../../ui/shortcut.ts";

/** What can be done to the object: the first few as buttons with their key, the others in a menu. */
export function ActionButtons({ target }: { target: ObjectTarget }) {
  const { t } = useTranslation();
  const actions = useObjectActions([target]);
  const primary = actions.filter((action) => action.primary);
  const others = actions.filter((action) => !action.primary);
  if (actions.length === 0) return null;
  return (
    <div className="object-actions">
      {primary.map((action) => (
        <PrimaryAction key={action.id} action={action} />
      ))}
      {others.length > 0 ? (
        <MenuTrigger>
          <IconButton label={t("object.more")} variant="default">
            <Ellipsis size={15} />
          </IconButton>
          <Popover className="object-menu-popover" placement="bottom end">
            <Menu className="object-menu" aria-label={t("object.more")}>
              {others.map((action) => (
                <ActionItem key={action.id} action={action} />
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      ) : null}
    </div>
  );
}

function PrimaryAction({ action }: { action: ObjectAction }) {
  const { title, keys, unavailable, run } = action;
  const why = useId();
  return (
    <span title={unavailable}>
      <Button
        size="sm"
        isDisabled={unavailable !== undefined}
        onPress={run}
        {...(unavailable === undefined ? {} : { "aria-describedby": why })}
        {...(keys ? { after: <Kbd>{shownKey(keys, onMac())}</Kbd> } : {})}
      >
        {title}
      </Button>
      {unavailable === undefined ? null : (
        <span className="sr-only" id={why}>
          {unavailable}
        </span>
      )}
    </span>
  );
}

/** One that can't be done now stays in the menu with its reason. */
function ActionItem({ action: { id, title, icon, keys, danger, unavailable, run } }: { action: ObjectAction }) {
  return (
    <MenuItem
      id={id}
      textValue={title}
      isDisabled={unavailable !== undefined}
      onAction={run}
      className={danger ? "object-menu-item object-menu-danger" : "object-menu-item"}
    >
      <span className="object-menu-icon" aria-hidden>
        {icon}
      </span>
      <span className="object-menu-words">
        <Text slot="label">{title}</Text>
        {unavailable ? (
          <Text slot="description" className="object-menu-why">
            {unavailable}
          </Text>
        ) : null}
      </span>
      {keys ? <Kbd>{shownKey(keys, onMac())}</Kbd> : null}
    </MenuItem>
  );
}
