import { create } from "zustand";
import type { ObjectTarget } from "../../common/contract/index.ts";

interface StartState {
  /** What a port is being opened to; the dialog is open while there is one. */
  target: ObjectTarget | undefined;
}

export const useForwardStart = create<StartState>(() => ({ target: undefined }));

/** Opens the dialog that forwards a port to a pod, a Service or a workload. */
export function askForward(target: ObjectTarget): void {
  useForwardStart.setState({ target });
}

export function closeForwardStart(): void {
  useForwardStart.setState({ target: undefined });
}
