import { useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useTranslation } from "react-i18next";
import { Access } from "../access/Access.tsx";
import { ActionHost } from "../actions/ActionHost.tsx";
import { AliasDialog } from "../browse/alias/AliasDialog.tsx";
import { Browse } from "../browse/Browse.tsx";
import { Clusters } from "../contexts/Clusters.tsx";
import { Dock } from "../dock/Dock.tsx";
import { Forwards } from "../forwards/Forwards.tsx";
import { StartDialog } from "../forwards/StartDialog.tsx";
import { Home } from "../home/Home.tsx";
import { useLanguage } from "../i18n/useLanguage.ts";
import { Pulse } from "../pulse/Pulse.tsx";
import { followChosenCluster, restoreBrowse } from "../store/browse.ts";
import { useDock } from "../store/dock.ts";
import { type Route, useRoute } from "../store/route.ts";
import { FixContext } from "../ui/fixContext.ts";
import { fixAction } from "../wizard/fixes.ts";
import { Wizard } from "../wizard/Wizard.tsx";
import { YamlDialogs } from "../yaml/YamlDialogs.tsx";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
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
