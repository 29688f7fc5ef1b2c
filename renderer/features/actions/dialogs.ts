import { create } from "zustand";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import type { ActionId } from "./specs.ts";

/** Actions that ask something first. */
export type DialogId = Exclude<
  ActionId,
  "logs" | "logs-previous" | "shell" | "attach" | "forward" | "edit" | "go-node"
>;

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
