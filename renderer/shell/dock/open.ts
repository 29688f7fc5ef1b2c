import type { ObjectTarget } from "../../../common/contract/index.ts";
import { useApp } from "../../state/app.ts";
import { chosenContext } from "../../state/cluster.ts";
import { activeTab, openDockTab, splitDock, useDock } from "../../state/dock.ts";
import { useInstall } from "../../state/install.ts";
import { useRoute } from "../../state/route.ts";

/** The installation whose folder a terminal opens in, if one is known. */
export function installationHere(): { kfDir: string; name: string } | undefined {
  const { kfDir, known } = useInstall.getState();
  const entry = known?.find((one) => one.kfDir === kfDir) ?? known?.[0];
  return entry === undefined ? undefined : { kfDir: entry.kfDir, name: entry.name };
}

/** A terminal pinned to the chosen cluster: in the installation's folder, or at home. */
export function openTerminal(where: "installation" | "home"): string {
  const context = chosenContext();
  const installation = where === "installation" ? installationHere() : undefined;
  const user = useApp.getState().info?.os === "win32" ? "PowerShell" : "shell";
  return openDockTab(
    {
      kind: "terminal",
      ...(context === undefined ? {} : { context: context.id }),
      ...(installation === undefined ? {} : { kfDir: installation.kfDir }),
    },
    installation?.name ?? context?.name ?? user,
  );
}

/** The pod whose pane is open. */
export function podHere(): ObjectTarget | undefined {
  const { route } = useRoute.getState();
  if (route.place !== "browse" || route.resource !== "pods" || route.object?.namespace === undefined) return undefined;
  const context = route.context ?? chosenContext()?.id;
  if (context === undefined) return undefined;
  return { ...{ context, group: "", version: "v1", plural: "pods", kind: "Pod" }, ...route.object };
}

/** A shell into a pod, or into the newest pod of a workload. */
export function openShell(target: ObjectTarget, container?: string, mode: "exec" | "attach" = "exec"): string {
  return openDockTab({ kind: "shell", target, mode, ...(container === undefined ? {} : { container }) }, target.name);
}

/** Opens the dock, with a terminal when there is nothing in it yet, or closes it. */
export function toggleDock(): void {
  const { open, tabs } = useDock.getState();
  if (!open && tabs.length === 0) openTerminal("installation");
  else useDock.setState({ open: !open, maximised: false });
}

/** The same again, beside the tab that is shown. */
export function splitActive(): void {
  const { tabs } = useDock.getState();
  const tab = tabs.find(({ id }) => id === activeTab());
  if (tab === undefined) return;
  const { id: _id, title, ...content } = tab;
  const again = content.kind === "logs" ? content : { ...content, session: undefined };
  const left = tab.id;
  const right = openDockTab(again, title);
  useDock.setState({ left });
  splitDock(right);
}
