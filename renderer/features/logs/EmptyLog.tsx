import { useTranslation } from "react-i18next";
import type { LogSourceState, LogView } from "../../../common/contract/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { reasonText } from "./reason-text.ts";

export interface EmptyLogProps {
  view: LogView;
  sources: readonly LogSourceState[];
  previous: boolean;
  onPresent: () => void;
  onNoFilter: () => void;
  onAll: () => void;
}

/** Why no line is shown, and what to do about it. */
export function EmptyLog({ view, sources, previous, onPresent, onNoFilter, onAll }: EmptyLogProps) {
  const language = useLanguage();
  const { t } = useTranslation();
  if (view.problem) return <ErrorBanner error={view.problem} />;
  if (view.lines > view.dropped && view.pending === 0) {
    return (
      <Words title={t("logs.empty.filtered")}>
        <Button size="sm" onPress={onNoFilter}>
          {t("logs.empty.noFilter")}
        </Button>
      </Words>
    );
  }
  if (view.pending > 0) return <Words title={t("logs.filtering")} />;
  if (sources.length === 0) return <Words title={t("logs.empty.noPods")}>{t("logs.empty.noPodsHint")}</Words>;
  const failed = sources.filter(({ state }) => state === "failed");
  if (previous && failed.length === sources.length) {
    return (
      <Words title={t("logs.empty.noPrevious")}>
        <Button size="sm" onPress={onPresent}>
          {t("logs.empty.present")}
        </Button>
      </Words>
    );
  }
  const waiting = sources.filter(({ state, reason }) => (state === "waiting" || state === "failed") && reason);
  if (waiting.length > 0) {
    return (
      <Words title={t(failed.length > 0 ? "logs.empty.failed" : "logs.empty.waiting")}>
        <ul>
          {waiting.slice(0, 8).map(({ id, pod, container, reason }) => (
            <li key={id}>
              <strong className="mono">{sources.length > 1 ? `${pod}/${container}` : container}</strong>{" "}
              {reasonText(reason, language)}
            </li>
          ))}
        </ul>
      </Words>
    );
  }
  return (
    <Words title={t(view.finished ? "logs.empty.nothingWritten" : "logs.empty.noLines")}>
      <Button size="sm" onPress={onAll}>
        {t("logs.empty.readAll")}
      </Button>
    </Words>
  );
}

function Words({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className="logs-empty" role="status">
      <strong>{title}</strong>
      <div>{children}</div>
    </div>
  );
}
