import { changeTab, type DockTab, setTabSession } from "../../state/dock.ts";
import { LazyTerminalPane } from "./LazyTerminalPane.tsx";

export interface ShellTabProps {
  tab: DockTab & { kind: "shell" };
  /** It is on screen now. */
  active: boolean;
}

/** A shell in a container, or what the container's own process writes. */
export function ShellTab({ tab, active }: ShellTabProps) {
  const { target, container, workload, mode } = tab;
  return (
    <LazyTerminalPane
      title={tab.title}
      active={active}
      session={tab.session}
      request={{
        ...{ kind: mode, target },
        ...(container === undefined ? {} : { container }),
        ...(workload === undefined ? {} : { workload }),
      }}
      onOpened={(session) => {
        setTabSession(tab.id, session.id);
        // What comes next belongs to the pod that was taken, or to what takes its place.
        changeTab(tab.id, (now) =>
          now.kind === "shell" && session.target
            ? {
                ...now,
                target: session.target,
                ...(session.container === undefined ? {} : { container: session.container }),
                ...(session.workload === undefined ? {} : { workload: session.workload }),
                title: now.title === now.target.name ? session.title : now.title,
              }
            : now,
        );
      }}
      onAgain={() => setTabSession(tab.id, undefined)}
    />
  );
}
