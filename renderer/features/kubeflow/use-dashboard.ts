import { useState } from "react";
import type { AccessView, AppError, ContextId, InstalledView } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";

/** How the pages of an installation's dashboard are opened; `open` is undefined where this app can't. */
export interface DashboardDoor {
  open: ((path?: string) => void) | undefined;
  opening: boolean;
  error: AppError | undefined;
}

/** At its own address where it has one, else over the port forward that the app keeps for it. */
export function useDashboard(
  { address, kfDir, origin }: InstalledView,
  context: ContextId,
  access: AccessView | undefined,
): DashboardDoor {
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<AppError>();
  const show = (url: string, path = "") => {
    window.open(path === "" ? url : new URL(path.replace(/^\//, ""), url).href, "_blank", "noopener,noreferrer");
  };
  // An address that does not answer from here is of no use to this computer, which can forward a port instead.
  const fails = access?.answer?.error !== undefined && origin === "here";
  const url = fails ? undefined : (access?.url ?? address?.url);
  if (url !== undefined) return { open: (path) => show(url, path), opening: false, error: undefined };
  if (address === undefined || kfDir === undefined || origin !== "here") {
    return { open: undefined, opening: false, error: undefined };
  }
  const forward = async (path?: string) => {
    setOpening(true);
    setError(undefined);
    const answer = await settle(client().call("dashboard.open", { kfDir, context }));
    setOpening(false);
    if (answer.ok) show(answer.value.url, path);
    else setError(answer.error);
  };
  return { open: (path) => void forward(path), opening, error };
}
