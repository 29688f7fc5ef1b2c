import { I18nProvider } from "react-aria-components/I18nProvider";
import { useTranslation } from "react-i18next";
import { Home } from "../home/Home.tsx";
import { useRoute } from "../store/route.ts";
import { FixContext } from "../ui/fixContext.ts";
import { fixAction } from "../wizard/fixes.ts";
import { Wizard } from "../wizard/Wizard.tsx";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { Palette } from "./Palette.tsx";
import { Rail } from "./Rail.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { TopBar } from "./TopBar.tsx";
import "./App.css";

export function App() {
  const { t, i18n } = useTranslation();
  const route = useRoute((state) => state.route);
  return (
    <I18nProvider locale={i18n.language === "ko" ? "ko-KR" : "en-US"}>
      <FixContext value={(fix) => fixAction(t, fix)}>
        <div className="app">
          <button type="button" className="skip-link" onClick={skipToMain}>
            {t("shell.skip")}
          </button>
          <Rail />
          <TopBar />
          <main className="main" id="main" tabIndex={-1}>
            <ConnectionBanner />
            <div className="place">{route.place === "home" ? <Home /> : <Wizard step={route.step} />}</div>
          </main>
          <StatusBar />
          <Palette />
        </div>
      </FixContext>
    </I18nProvider>
  );
}

/** A link to #main would change the place the user is at, so a button moves the focus itself. */
function skipToMain(): void {
  document.getElementById("main")?.focus();
}
