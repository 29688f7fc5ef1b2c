import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "../../ui/format.ts";
import { humanDuration } from "./age.ts";

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all ages on screen; it stands still while there are none. */
function everySecond(changed: () => void): () => void {
  watchers.add(changed);
  timer ??= setInterval(() => {
    for (const watcher of watchers) watcher();
  }, 1000);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Time since then, as kubectl writes it; drawn anew only when the words change. */
export function Age({ since }: { since: number }) {
  const { i18n } = useTranslation();
  const text = useSyncExternalStore(everySecond, () => humanDuration(Date.now() - since));
  return (
    <time
      className="muted"
      dateTime={new Date(since).toISOString()}
      title={formatDate(new Date(since).toISOString(), i18n.language)}
    >
      {text}
    </time>
  );
}

/** Whole seconds since then, ticking. */
export function useSecondsSince(since: number): number {
  return useSyncExternalStore(everySecond, () => Math.max(0, Math.floor((Date.now() - since) / 1000)));
}
