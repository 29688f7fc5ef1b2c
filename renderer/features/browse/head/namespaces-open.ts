import { create } from "zustand";

/** Whether the chooser of namespaces is open: the button, a key and a command open it. */
export const useNamespacesOpen = create<{ open: boolean }>(() => ({ open: false }));

export function openNamespaces(): void {
  useNamespacesOpen.setState({ open: true });
}
