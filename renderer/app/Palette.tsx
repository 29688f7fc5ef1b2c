import { useEffect } from "react";
import { Autocomplete, useFilter } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SearchField } from "react-aria-components/SearchField";
import { useTranslation } from "react-i18next";
import { Search } from "../ui/icons.ts";
import { commands } from "./commands.ts";
import { closePalette, usePalette } from "./paletteState.ts";
import { isPaletteKey } from "./shortcut.ts";
import "./Palette.css";

/** Finds every command by its words. Opened with Ctrl-K or Cmd-K from anywhere. */
export function Palette() {
  const open = usePalette((state) => state.open);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPaletteKey(event)) return;
      event.preventDefault();
      usePalette.setState((state) => ({ open: !state.open }));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <ModalOverlay
      className="palette-overlay"
      isOpen={open}
      onOpenChange={(next) => usePalette.setState({ open: next })}
      isDismissable
    >
      <Modal className="palette">
        <PaletteContent />
      </Modal>
    </ModalOverlay>
  );
}

function PaletteContent() {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: "base" });
  const all = commands(t);
  return (
    <Dialog aria-label={t("palette.title")} className="palette-dialog">
      <Autocomplete filter={contains}>
        <SearchField className="palette-search" aria-label={t("palette.open")} autoFocus>
          <Search aria-hidden size={16} />
          <Input className="palette-input" placeholder={t("palette.open")} />
        </SearchField>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="palette-scroll" tabIndex={0} aria-label={t("palette.title")}>
          <Menu
            className="palette-list"
            aria-label={t("palette.title")}
            items={all}
            disabledKeys={all.filter((command) => command.unavailable !== undefined).map((command) => command.id)}
            onAction={(id) => {
              closePalette();
              all.find((command) => command.id === id)?.run();
            }}
            renderEmptyState={() => <p className="palette-empty">{t("palette.none")}</p>}
          >
            {(command) => (
              <MenuItem className="palette-item" textValue={command.title}>
                <span>{command.title}</span>
                <span className="palette-note">{command.unavailable ?? t(`palette.group.${command.group}`)}</span>
              </MenuItem>
            )}
          </Menu>
        </section>
      </Autocomplete>
    </Dialog>
  );
}
