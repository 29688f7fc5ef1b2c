import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { humanDuration } from "./duration.ts";
import { formatDate } from "./format.ts";

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

/**
 * Time since then, as kubectl writes it; drawn anew only when the words change. Nothing for no time or one that is none.
 * @param since an ISO time, or milliseconds since the epoch
 */
export function Age({ since }: { since: string | number | undefined }) {
  const { i18n } = useTranslation();
  const at = typeof since === "number" ? since : Date.parse(since ?? "");
  const text = useSyncExternalStore(everySecond, () => (at ? humanDuration(Date.now() - at) : ""));
  if (text === "") return null;
  const iso = new Date(at).toISOString();
  return (
    <time dateTime={iso} title={formatDate(iso, i18n.language)}>
      {text}
    </time>
  );
}

/** Whole seconds since then, ticking. */
export function useSecondsSince(since: number): number {
  return useSyncExternalStore(everySecond, () => Math.max(0, Math.floor((Date.now() - since) / 1000)));
}
