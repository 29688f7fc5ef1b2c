import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../i18n/use-language.ts";
import { setPreferences, type Theme, useApp } from "../state/app.ts";
import { Each } from "../state/contributions.tsx";
import { useForwards } from "../state/forwards.ts";
import { isActive, useInstall } from "../state/install.ts";
import { openPalette } from "../state/palette.ts";
import { formatRoute } from "../state/route.ts";
import { wholePercent } from "../ui/format.ts";
import { Monitor, Moon, Search, Sun } from "../ui/icons.ts";
import { Kbd } from "../ui/Kbd.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { shortcut } from "../ui/shortcut.ts";
import { Tag } from "../ui/Tag.tsx";

export function TopBar() {
  const { t } = useTranslation();
  const language = useLanguage();
  const theme = useApp((state) => state.preferences.theme);
  return (
    <header className="top">
      <Each of="topBar" />
      <Button className="top-search" onPress={() => openPalette()}>
        <Search aria-hidden size={14} />
        <span>{t("palette.open")}</span>
        <Kbd>{shortcut("K")}</Kbd>
      </Button>
      <div className="top-end">
        <Running />
        <Segmented
          label={t("frame.language")}
          value={language}
          onChange={(language) => void setPreferences({ language })}
          options={[
            { value: "en", label: "English", lang: "en" },
            { value: "ko", label: "한국어", lang: "ko" },
          ]}
        />
        <Segmented<Theme>
          label={t("frame.theme")}
          value={theme}
          onChange={(next) => void setPreferences({ theme: next })}
          options={[
            { value: "light", label: t("frame.light"), icon: <Sun aria-hidden /> },
            { value: "dark", label: t("frame.dark"), icon: <Moon aria-hidden /> },
            { value: "system", label: t("frame.system"), icon: <Monitor aria-hidden /> },
          ]}
        />
      </div>
    </header>
  );
}

/** What goes on in the background: it can be left and come back to. */
function Running() {
  const { t } = useTranslation();
  const status = useInstall((state) => state.status);
  const forwards = useForwards((state) => state.list.length);
  return (
    <span className="top-end top-hide-narrow">
      {forwards > 0 ? (
        <a className="top-tag" href={formatRoute({ place: "forwards" })}>
          <Tag tone="run">⇄ {t("forwards.count", { count: forwards })}</Tag>
        </a>
      ) : null}
      {status && isActive(status) ? (
        <Tag tone="run">
          {status.activity === "install" ? "⤓" : "⤒"} {wholePercent(status.fraction)}%
        </Tag>
      ) : null}
    </span>
  );
}
