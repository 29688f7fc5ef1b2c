import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import { Ellipsis } from "../ui/icons.ts";
import { Kbd } from "../ui/Kbd.tsx";
import type { LogCommand } from "./commands.ts";

/** A switch of the toolbar: its words are its name and tooltip. */
export function ToolSwitch(props: { on: boolean; command: LogCommand; children: ReactNode }) {
  const { command, on, children } = props;
  const name = command.keys === undefined ? command.title : `${command.title} (${command.keys})`;
  return (
    <button
      type="button"
      className="logs-tool"
      aria-pressed={on}
      aria-label={command.title}
      title={name}
      onClick={command.run}
    >
      {children}
    </button>
  );
}

export function ToolButton(props: { command: LogCommand; children: ReactNode }) {
  const { command, children } = props;
  return (
    <button
      type="button"
      className="logs-tool"
      aria-label={command.title}
      title={command.keys === undefined ? command.title : `${command.title} (${command.keys})`}
      aria-disabled={command.unavailable !== undefined}
      onClick={command.unavailable === undefined ? command.run : undefined}
    >
      {children}
    </button>
  );
}

/** The rest of what can be done, with its keys. */
export function MoreMenu({ commands }: { commands: readonly LogCommand[] }) {
  const { t } = useTranslation();
  return (
    <MenuTrigger>
      <Button className="logs-tool" aria-label={t("logs.more")}>
        <Ellipsis size={15} aria-hidden />
      </Button>
      <Popover className="logs-pop" placement="bottom end">
        <Menu
          className="logs-menu"
          aria-label={t("logs.more")}
          disabledKeys={commands.filter(({ unavailable }) => unavailable !== undefined).map(({ id }) => id)}
          onAction={(id) => commands.find((command) => command.id === id)?.run()}
        >
          {commands.map((command) => (
            <MenuItem key={command.id} id={command.id} className="logs-menu-item" textValue={command.title}>
              <span>
                {command.title}
                {command.unavailable ? <span className="faint logs-menu-why">{command.unavailable}</span> : null}
              </span>
              {command.keys ? <Kbd>{command.keys}</Kbd> : null}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
