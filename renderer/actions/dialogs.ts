import { create } from "zustand";
import type { ObjectTarget } from "../../electron/contract/index.ts";

/** Actions that ask something first. */
export type DialogId =
  | "restart"
  | "scale"
  | "rollout"
  | "pause"
  | "unpause"
  | "image"
  | "trigger"
  | "suspend"
  | "resume"
  | "cordon"
  | "uncordon"
  | "drain"
  | "taints"
  | "node-shell"
  | "debug"
  | "copy-files"
  | "decode"
  | "labels"
  | "annotations"
  | "finalizers"
  | "commands"
  | "kill"
  | "delete";

export interface OpenDialog {
  id: DialogId;
  targets: readonly ObjectTarget[];
}

export const useActionDialog = create<{ open: OpenDialog | undefined }>(() => ({ open: undefined }));

export function openActionDialog(id: DialogId, targets: readonly ObjectTarget[]): void {
  useActionDialog.setState({ open: { id, targets } });
}

export function closeActionDialog(): void {
  useActionDialog.setState({ open: undefined });
}
