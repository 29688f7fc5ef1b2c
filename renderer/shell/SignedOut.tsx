import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { shownTheme } from "../state/app.ts";
import "./SignedOut.css";

/** In place of the app, in a browser that no start link has let in. */
export function SignedOut({ byLink }: { byLink: boolean }) {
  const { t } = useTranslation();
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = shownTheme("system", dark);
    document.documentElement.lang = navigator.language.startsWith("ko") ? "ko" : "en";
  }, []);
  return (
    <main className="signed-out">
      <h1>{t(byLink ? "signedOut.linkUsed" : "signedOut.title")}</h1>
      <p>{t("signedOut.how")}</p>
      <p>{t("signedOut.command")}</p>
      <pre>npm start</pre>
    </main>
  );
}
