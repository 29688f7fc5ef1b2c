import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import { Ellipsis } from "../../ui/icons.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { type LogCommand, useShownKey } from "./commands.ts";

/** A switch of the toolbar: its words are its name and tooltip. */
export function ToolSwitch(props: { on: boolean; command: LogCommand; children: ReactNode }) {
  const { command, on, children } = props;
  const name = useTooltip(command);
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
  const name = useTooltip(command);
  return (
    <button
      type="button"
      className="logs-tool"
      aria-label={command.title}
      title={name}
      aria-disabled={command.unavailable !== undefined}
      onClick={command.unavailable === undefined ? command.run : undefined}
    >
      {children}
    </button>
  );
}

function useTooltip(command: LogCommand): string {
  const key = useShownKey(command);
  return key === undefined ? command.title : `${command.title} (${key})`;
}

function Key({ command }: { command: LogCommand }) {
  const key = useShownKey(command);
  return key === undefined ? null : <Kbd>{key}</Kbd>;
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
              <Key command={command} />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
