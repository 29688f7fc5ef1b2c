import { useTranslation } from "react-i18next";
import type { LogNotice } from "../../../common/contract/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useFormat } from "../../ui/format.ts";

/** What happened to a source, in the user's language. */
export function useNoticeWords(): (notice: LogNotice) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  return (notice) => {
    switch (notice.what) {
      case "joined":
        return t("logs.notice.joined");
      case "ended": {
        const { exitCode, reason } = notice;
        if (exitCode === undefined) return t("logs.notice.ended");
        return reason === undefined
          ? t("logs.notice.endedWith", { exitCode })
          : t("logs.notice.endedBecause", { exitCode, reason });
      }
      case "restarted":
        return notice.missedRuns === 0
          ? t("logs.notice.restarted")
          : t("logs.notice.restartedMissed", { count: notice.missedRuns });
      case "gone":
        return t("logs.notice.gone");
      case "reconnected":
        return t("logs.notice.reconnected", { duration: `${format.number(notice.afterMs / 1000)} s` });
      case "gap":
        return t("logs.notice.gap");
      case "failed":
        return t("logs.notice.failed", { message: textOf(notice.said, language) });
    }
  };
}
