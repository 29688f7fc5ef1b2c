import { create } from "zustand";
import type { AppError, AppInfo, Preferences } from "../../common/contract/index.ts";
import { i18n } from "../i18n/index.ts";
import type { Connection } from "./api/client.ts";
import { client, settle } from "./client.ts";

interface AppState {
  info: AppInfo | undefined;
  preferences: Preferences;
  connection: Connection;
  error: AppError | undefined;
}

export const useApp = create<AppState>(() => ({
  info: undefined,
  preferences: { theme: "system" },
  connection: "connecting",
  error: undefined,
}));

export type Theme = Preferences["theme"];

/** What [data-theme] becomes for a preference. */
export function shownTheme(theme: Theme, systemDark: boolean): "light" | "dark" {
  return theme === "system" ? (systemDark ? "dark" : "light") : theme;
}

const systemDark = () => window.matchMedia("(prefers-color-scheme: dark)");

function show(preferences: Preferences): void {
  document.documentElement.dataset.theme = shownTheme(preferences.theme, systemDark().matches);
  const language = preferences.language ?? (navigator.language.startsWith("ko") ? "ko" : "en");
  document.documentElement.lang = language;
  if (i18n.language !== language) i18n.changeLanguage(language).catch(() => undefined); // both languages are bundled
}

/** Loads what the shell needs and keeps theme and connection as they are; gives the function that stops following. */
export async function startApp(): Promise<() => void> {
  const followConnection = () => useApp.setState({ connection: client().connection });
  followConnection();
  const stopConnection = client().onConnection(followConnection);
  const dark = systemDark();
  const followSystem = () => show(useApp.getState().preferences);
  dark.addEventListener("change", followSystem);
  const loaded = await settle(Promise.all([client().call("app.info", {}), client().call("preferences.get", {})]));
  if (loaded.ok) {
    const [info, preferences] = loaded.value;
    useApp.setState({ info, preferences });
    show(preferences);
  } else {
    useApp.setState({ error: loaded.error });
    show(useApp.getState().preferences);
  }
  return () => {
    stopConnection();
    dark.removeEventListener("change", followSystem);
  };
}

/** Shows the change at once and keeps it; a failure to keep it is said, not undone. */
export async function setPreferences(change: Partial<Preferences>): Promise<void> {
  const preferences = { ...useApp.getState().preferences, ...change };
  useApp.setState({ preferences });
  show(preferences);
  const kept = await settle(client().call("preferences.set", change));
  useApp.setState({ error: kept.ok ? undefined : kept.error });
}
