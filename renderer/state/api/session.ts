import { recall, remember } from "../storage.ts";

const key = "session";

/**
 * Takes the session's secret out of the page that a start link led to, and keeps it where reloads and other tabs of
 * this address find it and no other address does: scripts of another port cannot read this one's storage, and the
 * browser never sends it by itself.
 * @returns what gives the secret as it is now (another tab may have been let in anew); empty when there is none
 */
export function takeSession(): () => string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="flowdeck-session"]');
  const given = meta?.content ?? "";
  meta?.remove();
  if (given !== "") remember(key, given);
  return () => {
    const kept = recall(key);
    // A browser that keeps nothing loses it with the page.
    return typeof kept === "string" ? kept : given;
  };
}

/**
 * Whether the page was reached by a start link. The link is used up, so the address becomes the page's own: a reload
 * would say so otherwise.
 */
export function leaveStartLink(): boolean {
  if (window.location.pathname !== "/start") return false;
  window.history.replaceState(null, "", `/${window.location.hash}`);
  return true;
}
