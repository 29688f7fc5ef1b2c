import type { TFunction } from "i18next";
import type { Command } from "../../state/command-registry.ts";
import { activeTab, closeDockTab, showDockTab, toggleMaximised, unsplitDock, useDock } from "../../state/dock.ts";
import { toggleScreenReader, useTerminals } from "../../state/terminal.ts";
import { installationHere, openShell, openTerminal, podHere, splitActive, toggleDock } from "./open.ts";

/** The key that shows and hides the dock. */
export const dockToggle = { id: "dock:toggle", keys: "Mod+`" };

/** What can be done with the dock, as things stand now. */
export function dockCommands(t: TFunction): Command[] {
  const dock = useDock.getState();
  const active = activeTab(dock);
  const nothingOpen = active === undefined ? t("dock.nothingOpen") : undefined;
  const pod = podHere();
  const { screenReader } = useTerminals.getState();
  const command = (id: string, title: string, run: () => void, more: Partial<Command> = {}): Command => ({
    ...{ id: `dock:${id}`, title, group: "dock", unavailable: undefined, run },
    ...more,
  });
  return [
    command("toggle", dock.open ? t("dock.hide") : t("dock.show"), toggleDock, dockToggle),
    command("newTerminal", t("dock.inFolder"), () => openTerminal("installation"), {
      unavailable: installationHere() === undefined ? t("dock.noInstallation") : undefined,
    }),
    command("newTerminalHome", t("dock.atHome"), () => openTerminal("home")),
    command("shellInto", t("dock.intoPod"), () => pod && openShell(pod), {
      unavailable: pod === undefined ? t("dock.noPod") : undefined,
    }),
    command("next", t("dock.nextTab"), () => step(1), { unavailable: nothingOpen }),
    command("close", t("dock.closeThis"), () => active && closeDockTab(active), { unavailable: nothingOpen }),
    command("split", dock.right === undefined ? t("dock.split") : t("dock.unsplit"), toggleSplit, {
      unavailable: nothingOpen,
    }),
    command("maximise", dock.maximised ? t("dock.restore") : t("dock.maximise"), toggleMaximised, {
      unavailable: nothingOpen,
    }),
    command("screenReader", screenReader ? t("dock.readerOff") : t("dock.readerOn"), toggleScreenReader),
  ];
}

export function toggleSplit(): void {
  if (useDock.getState().right === undefined) splitActive();
  else unsplitDock();
}

function step(by: number): void {
  const { tabs } = useDock.getState();
  const at = tabs.findIndex(({ id }) => id === activeTab());
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next) showDockTab(next.id);
}
