import { useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useTranslation } from "react-i18next";
import { Access } from "../features/access/Access.tsx";
import { ActionHost } from "../features/actions/ActionHost.tsx";
import { AliasDialog } from "../features/browse/alias/AliasDialog.tsx";
import { Browse } from "../features/browse/Browse.tsx";
import { Clusters } from "../features/contexts/Clusters.tsx";
import { Forwards } from "../features/forwards/Forwards.tsx";
import { StartDialog } from "../features/forwards/StartDialog.tsx";
import { Home } from "../features/home/Home.tsx";
import { Pulse } from "../features/overview/Overview.tsx";
import { fixAction } from "../features/wizard/fixes.ts";
import { Wizard } from "../features/wizard/Wizard.tsx";
import { YamlDialogs } from "../features/yaml/YamlDialogs.tsx";
import { useLanguage } from "../i18n/use-language.ts";
import { followChosenCluster, restoreBrowse } from "../state/browse.ts";
import { useDock } from "../state/dock.ts";
import { type Route, useRoute } from "../state/route.ts";
import { FixContext } from "../ui/fix-context.ts";
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
            {t("shell.skip")}
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
          <ActionHost />
          <KeySheet />
          <AliasDialog />
          <StartDialog />
          <YamlDialogs />
        </div>
      </FixContext>
    </I18nProvider>
  );
}

function Place({ route }: { route: Route }) {
  switch (route.place) {
    case "home":
      return <Home />;
    case "install":
      return <Wizard step={route.step} />;
    case "browse":
      return <Browse place={route} />;
    case "pulse":
      return <Pulse />;
    case "clusters":
      return <Clusters />;
    case "forwards":
      return <Forwards />;
    case "access":
      return <Access tab={route.tab} />;
  }
}

/** A link to #main would change the place the user is at, so a button moves the focus itself. */
function skipToMain(): void {
  document.getElementById("main")?.focus();
}
