import { useEffect, useState } from "react";
import type { InstallStatus } from "../../../../common/contract/index.ts";
import { isActive, useInstall } from "../../../state/install.ts";

/** Milliseconds an installation takes so far; goes on by itself, whole seconds at a time, while it is at work. */
export function useElapsed(status: InstallStatus): number {
  const receivedAt = useInstall((state) => state.receivedAt);
  const [now, setNow] = useState(() => performance.now());
  const active = isActive(status);
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, [active]);
  return active ? status.elapsedMs + Math.max(0, now - receivedAt) : status.elapsedMs;
}
