import { useTranslation } from "react-i18next";
import type { PulseKind } from "../../../common/contract/index.ts";
import { kindName } from "../../state/kind-name.ts";
import { resourceKey } from "../../state/resource-key.ts";
import { type BrowsePlace, changedPlace, formatRoute } from "../../state/route.ts";
import { useFormat } from "../../ui/format.ts";
import { Lock } from "../../ui/icons.ts";
import { Tag } from "../../ui/Tag.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

/** A card for each main kind: how many there are, and how many are not well. Each leads to its list. */
export function KindCards({ kinds, place }: { kinds: readonly PulseKind[]; place: BrowsePlace }) {
  const { t } = useTranslation();
  return (
    <ul className="pulse-kinds" aria-label={t("pulse.kinds")}>
      {kinds.map((kind) => (
        <KindCard key={resourceKey(kind)} kind={kind} place={place} />
      ))}
    </ul>
  );
}

function KindCard({ kind, place }: { kind: PulseKind; place: BrowsePlace }) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const { state, total, warn, bad } = kind;
  const name = kindName(t, kind);
  const unknown = state === "forbidden" || state === "failed";
  const faults = !unknown && warn + bad > 0;
  const words = unknown ? t(`pulse.${state}`) : undefined;
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
        className={bad > 0 && !unknown ? "pulse-kind pulse-kind-bad" : "pulse-kind"}
        href={formatRoute(to)}
        title={
          (kind.problem && errorWords(kind.problem).title) ?? (faults ? t("pulse.showFaults", { kind: name }) : name)
        }
      >
        <span className="pulse-kind-name">{name}</span>
        <span className="pulse-kind-count">
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
        <span className="pulse-kind-health">{words ?? <Health kind={kind} />}</span>
      </a>
    </li>
  );
}

function Health({ kind: { state, total, warn, bad, done } }: { kind: PulseKind }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state === "listing" && total === 0) return t("pulse.counting");
  if (state === "reconnecting") return t("pulse.reconnecting");
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
      {bad + warn === 0 && total > done ? <span>✓ {t("pulse.well")}</span> : null}
      {done > 0 ? <span>{t("pulse.done", { count: done })}</span> : null}
    </>
  );
}
