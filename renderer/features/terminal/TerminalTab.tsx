import { type DockTab, setTabSession } from "../../state/dock.ts";
import { LazyTerminalPane } from "./LazyTerminalPane.tsx";

export interface TerminalTabProps {
  tab: DockTab & { kind: "terminal" };
  /** It is on screen now. */
  active: boolean;
}

/** The user's own shell, pinned to a context. */
export function TerminalTab({ tab, active }: TerminalTabProps) {
  const { context, kfDir } = tab;
  return (
    <LazyTerminalPane
      title={tab.title}
      active={active}
      session={tab.session}
      request={{
        kind: "local",
        ...(context === undefined ? {} : { context }),
        ...(kfDir === undefined ? {} : { kfDir }),
      }}
      onOpened={(session) => setTabSession(tab.id, session.id)}
      onAgain={() => setTabSession(tab.id, undefined)}
    />
  );
}
