import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import { useCluster } from "../../state/cluster.ts";
import { useInstall } from "../../state/install.ts";
import { useRoute } from "../../state/route.ts";
import { toggleScreenReader, useTerminals } from "../../state/terminal.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Plus } from "../../ui/icons.ts";
import { installationHere, openShell, openTerminal, podHere } from "./open.ts";

/** What can be opened in the dock from here. */
export function NewTab() {
  const { t } = useTranslation();
  const screenReader = useTerminals((state) => state.screenReader);
  // They decide what is offered.
  useInstall((state) => state.known);
  useCluster((state) => state.chosen);
  useRoute((state) => state.route);
  const installation = installationHere();
  const pod = podHere();
  return (
    <MenuTrigger>
      <IconButton label={t("dock.new")} className="dock-button">
        <Plus size={15} aria-hidden />
      </IconButton>
      <Popover className="dock-menu-popover" placement="top start">
        <Menu className="dock-menu" aria-label={t("dock.new")}>
          <MenuItem
            id="installation"
            className="dock-menu-item"
            isDisabled={installation === undefined}
            onAction={() => openTerminal("installation")}
            textValue={t("dock.inFolder")}
          >
            <span>{t("dock.inFolder")}</span>
            <span className="dock-menu-note">{installation?.kfDir ?? t("dock.noInstallation")}</span>
          </MenuItem>
          <MenuItem id="home" className="dock-menu-item" onAction={() => openTerminal("home")}>
            {t("dock.atHome")}
          </MenuItem>
          <MenuItem
            id="pod"
            className="dock-menu-item"
            isDisabled={pod === undefined}
            onAction={() => pod && openShell(pod)}
            textValue={t("dock.intoPod")}
          >
            <span>{t("dock.intoPod")}</span>
            <span className="dock-menu-note">{pod?.name ?? t("dock.noPod")}</span>
          </MenuItem>
          <MenuItem id="reader" className="dock-menu-item" onAction={toggleScreenReader}>
            {screenReader ? t("dock.readerOff") : t("dock.readerOn")}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
