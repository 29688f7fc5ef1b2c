import type { TFunction } from "i18next";
import type { Command } from "../../state/command-registry.ts";
import { activeTab, closeDockTab, showDockTab, toggleMaximised, unsplitDock, useDock } from "../../state/dock.ts";
import { toggleScreenReader, useShells } from "../../state/shells.ts";
import { installationHere, openShell, openTerminal, podHere, splitActive, toggleDock } from "./open.ts";

/** The key that shows and hides the dock. */
export const dockToggle = { id: "dock:toggle", keys: "Mod+`" };

/** What can be done with the dock, as things stand now. */
export function dockCommands(t: TFunction): Command[] {
  const dock = useDock.getState();
  const active = activeTab(dock);
  const nothingOpen = active === undefined ? t("shells.nothingOpen") : undefined;
  const pod = podHere();
  const { screenReader } = useShells.getState();
  const command = (id: string, title: string, run: () => void, more: Partial<Command> = {}): Command => ({
    ...{ id: `dock:${id}`, title, group: "dock", unavailable: undefined, run },
    ...more,
  });
  return [
    command("toggle", dock.open ? t("shells.hide") : t("shells.show"), toggleDock, dockToggle),
    command("newTerminal", t("shells.inFolder"), () => openTerminal("installation"), {
      unavailable: installationHere() === undefined ? t("shells.noInstallation") : undefined,
    }),
    command("newTerminalHome", t("shells.atHome"), () => openTerminal("home")),
    command("shellInto", t("shells.intoPod"), () => pod && openShell(pod), {
      unavailable: pod === undefined ? t("shells.noPod") : undefined,
    }),
    command("next", t("shells.nextTab"), () => step(1), { unavailable: nothingOpen }),
    command("close", t("shells.closeThis"), () => active && closeDockTab(active), { unavailable: nothingOpen }),
    command("split", dock.right === undefined ? t("shells.split") : t("shells.unsplit"), toggleSplit, {
      unavailable: nothingOpen,
    }),
    command("maximise", dock.maximised ? t("shells.restore") : t("shells.maximise"), toggleMaximised, {
      unavailable: nothingOpen,
    }),
    command("screenReader", screenReader ? t("shells.readerOff") : t("shells.readerOn"), toggleScreenReader),
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
