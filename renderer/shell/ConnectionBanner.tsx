import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApp } from "../state/app.ts";
import { Banner } from "../ui/Banner.tsx";

/** Quiet for a moment: most breaks are over before anyone needs to know. */
const patienceMs = 1200;

export function ConnectionBanner() {
  const { t } = useTranslation();
  const lost = useApp((state) => state.connection === "lost");
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [lost]);
  if (!shown) return null;
  return (
    <div className="connection">
      <Banner tone="warn" title={t("frame.lost")} live>
        {t("frame.lostDetail")}
      </Banner>
    </div>
  );
}
