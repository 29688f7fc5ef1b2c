import { useSyncExternalStore } from "react";

const query = "(max-width: 1150px)";

/** True where the window has no room for a column beside the content. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}
