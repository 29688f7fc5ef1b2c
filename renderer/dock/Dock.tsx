import { LogsTab } from "../logs/LogsTab.tsx";
import { ShellTab } from "../shells/ShellTab.tsx";
import { TerminalTab } from "../shells/TerminalTab.tsx";
import { type DockTab, useDock } from "../store/dock.ts";
import "./Dock.css";

/** Logs, shells and terminals below every place; tabs stay as they are while the user goes elsewhere. */
export function Dock() {
  const { tabs, active, open, height } = useDock();
  if (tabs.length === 0) return null;
  return (
    <section className="dock" style={{ height: open ? height : 0 }}>
      {tabs.map((tab) => (
        <div key={tab.id} className="dock-tab" hidden={tab.id !== active}>
          <TabContent tab={tab} active={open && tab.id === active} />
        </div>
      ))}
    </section>
  );
}

function TabContent({ tab, active }: { tab: DockTab; active: boolean }) {
  switch (tab.kind) {
    case "logs":
      return <LogsTab tab={tab} active={active} />;
    case "shell":
      return <ShellTab tab={tab} active={active} />;
    case "terminal":
      return <TerminalTab tab={tab} active={active} />;
  }
}
