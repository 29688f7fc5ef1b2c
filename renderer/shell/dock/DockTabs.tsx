import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { visibleBidi } from "../../../common/text/index.ts";
import {
  activeTab,
  closeDockTab,
  type DockTab,
  moveDockTab,
  renameDockTab,
  showDockTab,
  useDock,
} from "../../state/dock.ts";
import { useTerminals } from "../../state/terminal.ts";
import { ScrollText, Server, SquareTerminal, X } from "../../ui/icons.ts";

/** The open tabs; arrows move between them, with Ctrl they move the tab, F2 renames, Delete closes. */
export function DockTabs() {
  const { t } = useTranslation();
  const { tabs, left, right } = useDock();
  const active = useDock(activeTab);
  const list = useRef<HTMLUListElement>(null);

  const onKeyDown = (event: KeyboardEvent, tab: DockTab) => {
    const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : undefined;
    if (event.key === "Delete") closeDockTab(tab.id);
    else if (by !== undefined && event.ctrlKey) moveDockTab(tab.id, by);
    else if (by !== undefined) {
      const next = tabs[tabs.indexOf(tab) + by];
      if (next) list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ul className="dock-tabs" aria-label={t("dock.tabs")} ref={list}>
      {tabs.map((tab) => (
        <Tab
          key={tab.id}
          tab={tab}
          current={tab.id === active}
          shown={tab.id === left || tab.id === right}
          onKeyDown={onKeyDown}
        />
      ))}
    </ul>
  );
}

interface TabProps {
  tab: DockTab;
  current: boolean;
  shown: boolean;
  onKeyDown: (event: KeyboardEvent, tab: DockTab) => void;
}

function Tab({ tab, current, shown, onKeyDown }: TabProps) {
  const { t } = useTranslation();
  const [renaming, setRenaming] = useState(false);
  const session = useTerminals((state) =>
    "session" in tab && tab.session !== undefined ? state.sessions?.get(tab.session) : undefined,
  );
  const title = visibleBidi(tab.title);
  const ended = session?.end !== undefined;
  if (renaming) return <TabName tab={tab} onDone={() => setRenaming(false)} />;
  return (
    <li className="dock-tab-item" data-current={current} data-shown={shown}>
      <button
        type="button"
        className="dock-tab-button"
        data-tab={tab.id}
        {...(current ? { "aria-current": "true" as const } : {})}
        onClick={() => showDockTab(tab.id)}
        onDoubleClick={() => setRenaming(true)}
        onAuxClick={(event) => event.button === 1 && closeDockTab(tab.id)}
        onKeyDown={(event) => (event.key === "F2" ? setRenaming(true) : onKeyDown(event, tab))}
      >
        <TabIcon tab={tab} />
        <span className="dock-tab-title">{tab.kind === "logs" ? t("dock.logsOf", { name: title }) : title}</span>
        {ended ? <span className="dock-tab-ended">{t("dock.ended")}</span> : null}
      </button>
      <button
        type="button"
        className="dock-tab-close"
        aria-label={t("dock.closeTab", { title })}
        title={t("dock.closeTab", { title })}
        onClick={() => closeDockTab(tab.id)}
      >
        <X size={13} aria-hidden />
      </button>
    </li>
  );
}

function TabIcon({ tab }: { tab: DockTab }) {
  if (tab.kind === "logs") return <ScrollText size={14} aria-hidden />;
  return tab.kind === "shell" ? <Server size={14} aria-hidden /> : <SquareTerminal size={14} aria-hidden />;
}

function TabName({ tab, onDone }: { tab: DockTab; onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(tab.title);
  const done = (keep: boolean) => {
    if (keep) renameDockTab(tab.id, name);
    onDone();
  };
  return (
    <li className="dock-tab-item" data-current>
      <input
        ref={(input) => input?.select()}
        className="dock-tab-name"
        aria-label={t("dock.rename")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => done(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && !event.nativeEvent.isComposing) done(true);
          else if (event.key === "Escape") done(false);
        }}
      />
    </li>
  );
}
