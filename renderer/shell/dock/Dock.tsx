import { type ComponentType, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { registerCommands } from "../../state/command-registry.ts";
import { contributions } from "../../state/contributions.tsx";
import {
  activeTab,
  type DockTab,
  focusDockSide,
  setDockHeight,
  setDockSplit,
  toggleMaximised,
  useDock,
} from "../../state/dock.ts";
import { IconButton } from "../../ui/Button.tsx";
import { ChevronDown, Columns2, Maximize2, Minimize2 } from "../../ui/icons.ts";
import { Splitter } from "../../ui/Splitter.tsx";
import { dockCommands, toggleSplit } from "./commands.ts";
import { DockTabs } from "./DockTabs.tsx";
import { NewTab } from "./NewTab.tsx";
import "./Dock.css";

const lowest = 100;

/** Logs, shells and terminals below every place; tabs stay as they are while the user goes elsewhere. */
export function Dock() {
  const { t } = useTranslation();
  const dock = useDock();
  const { tabs, open, height, maximised } = dock;
  useEffect(() => registerCommands(dockCommands), []);
  if (tabs.length === 0) return null;
  return (
    <section
      className="dock"
      aria-label={t("dock.title")}
      hidden={!open}
      data-maximised={maximised}
      style={maximised ? {} : { height }}
    >
      {maximised ? null : (
        <Splitter
          label={t("dock.height")}
          orientation="horizontal"
          value={height}
          min={lowest}
          max={Math.max(lowest, window.innerHeight - 160)}
          onMove={(by) => setDockHeight(useDock.getState().height - by)}
        />
      )}
      <div className="dock-head">
        <DockTabs />
        <NewTab />
        <div className="dock-head-end">
          <IconButton
            label={dock.right === undefined ? t("dock.split") : t("dock.unsplit")}
            className="dock-button"
            onPress={toggleSplit}
          >
            <Columns2 size={15} aria-hidden />
          </IconButton>
          <IconButton
            label={maximised ? t("dock.restore") : t("dock.maximise")}
            className="dock-button"
            onPress={toggleMaximised}
          >
            {maximised ? <Minimize2 size={15} aria-hidden /> : <Maximize2 size={15} aria-hidden />}
          </IconButton>
          <IconButton
            label={t("dock.hide")}
            className="dock-button"
            onPress={() => useDock.setState({ open: false, maximised: false })}
          >
            <ChevronDown size={15} aria-hidden />
          </IconButton>
        </div>
      </div>
      <Panes />
    </section>
  );
}

/** All tabs, of which one or two are on screen: the others go on behind them. */
function Panes() {
  const { t } = useTranslation();
  const { tabs, left, right, open, split } = useDock();
  const active = useDock(activeTab);
  const both = right !== undefined;
  const percent = split * 100;
  return (
    <div
      className="dock-panes"
      style={{ gridTemplateColumns: both ? `minmax(0, ${split}fr) auto minmax(0, ${1 - split}fr)` : "minmax(0, 1fr)" }}
    >
      {tabs.map((tab) => {
        const side = tab.id === left ? "left" : tab.id === right ? "right" : undefined;
        return (
          <div
            key={tab.id}
            className="dock-tab"
            hidden={side === undefined}
            data-focused={both && tab.id === active}
            style={{ gridColumn: side === "right" ? 3 : 1 }}
            onFocusCapture={() => side && focusDockSide(side)}
          >
            <TabContent tab={tab} active={open && side !== undefined} />
          </div>
        );
      })}
      {both ? (
        <Splitter
          label={t("dock.sides")}
          orientation="vertical"
          value={percent}
          min={15}
          max={85}
          onMove={(by) => setDockSplit(useDock.getState().split + by / Math.max(1, window.innerWidth - 52))}
        />
      ) : null}
    </div>
  );
}

function TabContent({ tab, active }: { tab: DockTab; active: boolean }) {
  // each kind's view takes tabs of that kind only
  type View = ComponentType<{ tab: DockTab; active: boolean }>;
  const Content = contributions().find(({ dockTabs }) => dockTabs?.[tab.kind])?.dockTabs?.[tab.kind] as
    | View
    | undefined;
  return Content === undefined ? null : <Content tab={tab} active={active} />;
}
