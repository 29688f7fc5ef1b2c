import { create } from "zustand";
import type { InstallSettings } from "../../common/contract/index.ts";
import { go } from "./route.ts";

/** Settings that an installation is going to be changed to, by its folder, where somebody has written some. */
export const useUpgrade = create<{ kfDir: string | undefined; settings: InstallSettings | undefined }>(() => ({
  kfDir: undefined,
  settings: undefined,
}));

/** Shows what changing an installation does; without settings it is offered another release. */
export function openUpgrade(kfDir: string, settings?: InstallSettings): void {
  useUpgrade.setState({ kfDir, settings });
  go({ place: "kubeflow", upgrade: kfDir });
}
