import { useFormat } from "../ui/format.ts";
import { humanDuration, useNow } from "./age.ts";

/** How long ago; ticks. `since` is an ISO time or milliseconds since the epoch. */
export function Age({ since }: { since: string | number | undefined }) {
  const now = useNow();
  const format = useFormat();
  const at = typeof since === "number" ? since : Date.parse(since ?? "");
  if (!at || Number.isNaN(at)) return null;
  const iso = new Date(at).toISOString();
  return (
    <time className="age" dateTime={iso} title={format.date(iso)}>
      {humanDuration(now - at)}
    </time>
  );
}
