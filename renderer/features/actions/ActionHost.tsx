import { useEffect } from "react";
import { client, settle } from "../../state/client.ts";
import { type DockTab, useDock } from "../../state/dock.ts";
import { ChangeDialog } from "./ChangeDialog.tsx";
import { CommandsDialog } from "./CommandsDialog.tsx";
import { CopyFilesDialog } from "./CopyFilesDialog.tsx";
import { DebugDialog } from "./DebugDialog.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { DrainDialog } from "./DrainDialog.tsx";
import { type OpenDialog, useActionDialog } from "./dialogs.ts";
import { FinalizersDialog } from "./FinalizersDialog.tsx";
import { ImageDialog } from "./ImageDialog.tsx";
import { MetadataDialog } from "./MetadataDialog.tsx";
import { NodeShellDialog } from "./NodeShellDialog.tsx";
import { Notices } from "./Notices.tsx";
import { RolloutDialog } from "./RolloutDialog.tsx";
import { ScaleDialog } from "./ScaleDialog.tsx";
import { SecretDialog } from "./SecretDialog.tsx";
import { TaintsDialog } from "./TaintsDialog.tsx";
import "./Actions.css";

/** The dialog of the action that was asked for, and what came of earlier ones. Mounted once. */
export function ActionHost() {
  const open = useActionDialog((state) => state.open);
  useEffect(() => useDock.subscribe(endDebugPods), []);
  return (
    <>
      {open ? <OpenedDialog key={JSON.stringify(open)} {...open} /> : null}
      <Notices />
    </>
  );
}

function OpenedDialog({ id, targets }: OpenDialog) {
  switch (id) {
    case "scale":
      return <ScaleDialog targets={targets} />;
    case "rollout":
      return <RolloutDialog targets={targets} />;
    case "image":
      return <ImageDialog targets={targets} />;
    case "drain":
      return <DrainDialog targets={targets} />;
    case "taints":
      return <TaintsDialog targets={targets} />;
    case "node-shell":
      return <NodeShellDialog targets={targets} />;
    case "debug":
      return <DebugDialog targets={targets} />;
    case "copy-files":
      return <CopyFilesDialog targets={targets} />;
    case "decode":
      return <SecretDialog targets={targets} />;
    case "labels":
    case "annotations":
      return <MetadataDialog id={id} targets={targets} />;
    case "finalizers":
      return <FinalizersDialog targets={targets} />;
    case "commands":
      return <CommandsDialog targets={targets} />;
    case "delete":
    case "kill":
      return <DeleteDialog targets={targets} now={id === "kill"} />;
    default:
      return <ChangeDialog id={id} targets={targets} />;
  }
}

/** A debug pod goes with the last tab that shows it. */
function endDebugPods({ tabs }: { tabs: readonly DockTab[] }, before: { tabs: readonly DockTab[] }): void {
  for (const tab of before.tabs) {
    if (tab.kind !== "shell" || !tab.target.name.startsWith("node-debugger-")) continue;
    const stays = tabs.some((other) => other.kind === "shell" && other.target.name === tab.target.name);
    // The backend ends only pods of its own making, at the latest with the app.
    if (!stays) void settle(client().call("debug.end", { target: tab.target }));
  }
}
