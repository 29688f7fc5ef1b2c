import { useTranslation } from "react-i18next";
import type { ContextId, OverviewWarning, OverviewWarnings, ResourceInfo } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { ObjectAnchor } from "../../state/connected/ObjectAnchor.tsx";
import { type BrowsePlace, changedPlace, formatRoute } from "../../state/route.ts";
import { Age } from "../../ui/Age.tsx";
import { Card } from "../../ui/Card.tsx";
import { useFormat } from "../../ui/format.ts";
import { useErrorWords } from "../../ui/use-error-words.ts";

interface WarningsProps {
  warnings: OverviewWarnings;
  context: ContextId;
  place: BrowsePlace;
  /** What the cluster serves: an event tells the kind of its object, a link needs the resource. */
  kinds: readonly ResourceInfo[];
}

/** The newest warning events, each with a link to what it is about. */
export function Warnings({ warnings, context, place, kinds }: WarningsProps) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const { state, total, newest, problem } = warnings;
  const all = changedPlace(place, { resource: "events", object: undefined, faults: true });
  const shown = state === "live" && newest.length > 0;
  return (
    <Card
      title={t("overview.warnings")}
      padded={!shown}
      aside={
        shown ? (
          <span className="overview-all">
            <span className="muted">
              {t("overview.warningsOf", { shown: format.number(newest.length), count: total })}
            </span>
            <a className="object-link" href={formatRoute(all)}>
              {t("overview.warningsAll")}
            </a>
          </span>
        ) : undefined
      }
    >
      {state === "waiting" ? <p role="status">{t("overview.asking")}</p> : null}
      {state === "forbidden" ? <p className="overview-said">{t("overview.warningsForbidden")}</p> : null}
      {state === "failed" ? (
        <p className="overview-said">
          {t("overview.warningsFailed")} {problem ? errorWords(problem).title : null}
        </p>
      ) : null}
      {state === "live" && newest.length === 0 ? <p className="overview-said">{t("overview.noWarnings")}</p> : null}
      {shown ? (
        <ul className="overview-warnings">
          {newest.map((warning) => (
            <li key={warning.uid}>
              <span className="overview-warning-head">
                <span aria-hidden className="text-warn">
                  △
                </span>
                <b>{visibleBidi(warning.reason)}</b>
                <About warning={warning} context={context} kinds={kinds} />
                <span className="overview-warning-when muted">
                  {warning.count > 1 ? t("overview.times", { count: warning.count }) : ""}{" "}
                  <Age since={warning.lastSeen} />
                </span>
              </span>
              <span className="overview-warning-words" lang="en">
                {visibleBidi(warning.message)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function About({
  warning: { object },
  context,
  kinds,
}: {
  warning: OverviewWarning;
  context: ContextId;
  kinds: readonly ResourceInfo[];
}) {
  const { group, kind, namespace, name } = object;
  const words = visibleBidi(`${kind} ${namespace ? `${namespace}/` : ""}${name}`);
  const served = kinds.find((info) => info.kind === kind && info.group === group);
  if (served === undefined) return <span className="mono">{words}</span>;
  // Events about objects without namespaces are kept in one, and some name it.
  const link = { group, plural: served.plural, name, ...(namespace && served.namespaced ? { namespace } : {}) };
  return (
    <ObjectAnchor context={context} link={link}>
      {words}
    </ObjectAnchor>
  );
}
