import type { TFunction } from "i18next";
import { type ComponentType, useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useTranslation } from "react-i18next";
import type { Fix } from "../../common/contract/index.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { followChosenCluster, restoreBrowse } from "../state/browse.ts";
import { contributions, Each } from "../state/contributions.tsx";
import { useDock } from "../state/dock.ts";
import { type Route, useRoute } from "../state/route.ts";
import { type FixAction, FixContext } from "../ui/fix-context.ts";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { Dock } from "./dock/Dock.tsx";
import { KeySheet } from "./KeySheet.tsx";
import { listenToKeys } from "./keyboard.ts";
import { Palette } from "./Palette.tsx";
import { Rail } from "./Rail.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { TopBar } from "./TopBar.tsx";
import "./App.css";

export function App() {
  const { t } = useTranslation();
  const language = useLanguage();
  const route = useRoute((state) => state.route);
  const covered = useDock((state) => state.open && state.maximised);
  useEffect(() => restoreBrowse(), []);
  useEffect(() => listenToKeys(), []);
  useEffect(() => followChosenCluster(), []);
  return (
    <I18nProvider locale={language === "ko" ? "ko-KR" : "en-US"}>
      <FixContext value={(fix) => fixAction(t, fix)}>
        <div className="app">
          <button type="button" className="skip-link" onClick={skipToMain}>
            {t("frame.skip")}
          </button>
          <Rail />
          <TopBar />
          <main className="main" id="main" tabIndex={-1}>
            <ConnectionBanner />
            <div className="place" inert={covered}>
              <Place route={route} />
            </div>
            <Dock />
          </main>
          <StatusBar />
          <Palette />
          <KeySheet />
          <Each of="dialogs" />
        </div>
      </FixContext>
    </I18nProvider>
  );
}

function Place({ route }: { route: Route }) {
  // the view of a place takes routes of that place only
  type View = ComponentType<{ route: Route }>;
  const Content = contributions().find(({ routes }) => routes?.[route.place])?.routes?.[route.place] as
    | View
    | undefined;
  return Content === undefined ? null : <Content route={route} />;
}

/** The first answer of a feature that can do something about the error. */
function fixAction(t: TFunction, fix: Fix): FixAction | undefined {
  for (const feature of contributions()) {
    const action = feature.fix?.(t, fix);
    if (action !== undefined) return action;
  }
  return undefined;
}

/** A link to #main would change the place the user is at, so a button moves the focus itself. */
function skipToMain(): void {
  document.getElementById("main")?.focus();
}
