import { useTranslation } from "react-i18next";
import { useSelections } from "../../state/browse.ts";
import { useRoute } from "../../state/route.ts";
import { useShownTable } from "../../state/tables.ts";
import { useSecondsSince } from "../../ui/Age.tsx";
import { useFormat } from "../../ui/format.ts";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { tableName } from "./table-name.ts";

/** How fresh and how whole the list on screen is. */
export function TableStatus() {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const format = useFormat();
  const state = useShownTable((known) => known.state);
  const route = useRoute((known) => known.route);
  const table = route.place === "browse" ? tableName(route) : "";
  const marked = useSelections((known) => known[table]?.marked.size ?? 0);
  const view = state?.view;
  const behind = useSecondsSince(view?.updatedAt ?? Date.now());
  if (state?.error)
    return (
      <span className="status-live">
        <span className="dot dot-bad" aria-hidden />
        {t("browse.status.failed")}
      </span>
    );
  if (!view)
    return (
      <span className="status-live">
        <span className="dot dot-run" aria-hidden />
        {t("browse.status.asking")}
      </span>
    );
  const fresh =
    view.state === "reconnecting"
      ? t("browse.status.reconnecting", {
          why: (view.problem && errorWords(view.problem).title) ?? t("browse.status.brokenWatch"),
        })
      : view.state === "listing"
        ? t("browse.status.listing")
        : view.state === "polling"
          ? t("browse.status.polling", { seconds: behind })
          : t("browse.status.live");
  const dot = view.state === "live" ? "dot-ok" : view.state === "reconnecting" ? "dot-bad" : "dot-run";
  const count =
    view.state === "listing" && view.expected !== undefined
      ? t("browse.list.some", { matched: format.number(view.total), total: format.number(view.expected) })
      : view.matched === view.total
        ? t("browse.status.objects", { count: view.total, shown: format.number(view.total) })
        : t("browse.list.some", { matched: format.number(view.matched), total: format.number(view.total) });
  return (
    <>
      <span
        className="status-live"
        role={view.state === "reconnecting" ? "status" : undefined}
        title={view.problem && errorWords(view.problem).detail}
      >
        <span className={`dot ${dot}`} aria-hidden />
        {fresh}
      </span>
      {view.state === "reconnecting" ? <span>{t("browse.status.behind", { seconds: behind })}</span> : null}
      <span>{count}</span>
      {marked > 0 ? <span>{t("browse.bulk.marked", { count: marked })}</span> : null}
      {view.limitedTo ? (
        <span title={view.limitedTo.join(", ")}>{t("browse.status.limited", { count: view.limitedTo.length })}</span>
      ) : null}
    </>
  );
}
