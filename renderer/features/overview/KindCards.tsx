import { useTranslation } from "react-i18next";
import type { OverviewKind } from "../../../common/contract/index.ts";
import { kindName } from "../../state/kind-name.ts";
import { resourceKey } from "../../state/resource-key.ts";
import { type BrowsePlace, changedPlace, formatRoute } from "../../state/route.ts";
import { useFormat } from "../../ui/format.ts";
import { Lock } from "../../ui/icons.ts";
import { Tag } from "../../ui/Tag.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

/** A card for each main kind: how many there are, and how many are not well. Each leads to its list. */
export function KindCards({ kinds, place }: { kinds: readonly OverviewKind[]; place: BrowsePlace }) {
  const { t } = useTranslation();
  return (
    <ul className="overview-kinds" aria-label={t("overview.kinds")}>
      {kinds.map((kind) => (
        <KindCard key={resourceKey(kind)} kind={kind} place={place} />
      ))}
    </ul>
  );
}

function KindCard({ kind, place }: { kind: OverviewKind; place: BrowsePlace }) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const { state, total, warn, bad } = kind;
  const name = kindName(t, kind);
  const unknown = state === "forbidden" || state === "failed";
  const faults = !unknown && warn + bad > 0;
  const words = unknown ? t(`overview.${state}`) : undefined;
  const to = changedPlace(place, {
    resource: resourceKey(kind),
    filter: undefined,
    labels: undefined,
    fields: undefined,
    object: undefined,
    faults: faults ? true : undefined,
  });
  return (
    <li>
      <a
        className={bad > 0 && !unknown ? "overview-kind overview-kind-bad" : "overview-kind"}
        href={formatRoute(to)}
        title={
          (kind.problem && errorWords(kind.problem).title) ?? (faults ? t("overview.showFaults", { kind: name }) : name)
        }
      >
        <span className="overview-kind-name">{name}</span>
        <span className="overview-kind-count">
          {state === "forbidden" ? (
            <Lock size={15} aria-hidden />
          ) : unknown ? (
            "–"
          ) : state === "listing" && total === 0 ? (
            "…"
          ) : (
            format.number(total)
          )}
        </span>
        <span className="overview-kind-health">{words ?? <Health kind={kind} />}</span>
      </a>
    </li>
  );
}

function Health({ kind: { state, total, warn, bad, done } }: { kind: OverviewKind }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state === "listing" && total === 0) return t("overview.counting");
  if (state === "reconnecting") return t("overview.reconnecting");
  return (
    <>
      {bad > 0 ? (
        <Tag tone="bad" sign="!">
          <span aria-hidden>{format.number(bad)}</span>
          <span className="sr-only">{t("browse.faults.bad", { count: bad })}</span>
        </Tag>
      ) : null}
      {warn > 0 ? (
        <Tag tone="warn" sign="△">
          <span aria-hidden>{format.number(warn)}</span>
          <span className="sr-only">{t("browse.faults.warn", { count: warn })}</span>
        </Tag>
      ) : null}
      {bad + warn === 0 && total > done ? <span>✓ {t("overview.well")}</span> : null}
      {done > 0 ? <span>{t("overview.done", { count: done })}</span> : null}
    </>
  );
}
