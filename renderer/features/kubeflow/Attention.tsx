import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, InstalledView, Attention as Trouble } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { placeOf } from "../../state/connected/ObjectAnchor.tsx";
import { openDockTab } from "../../state/dock.ts";
import { go } from "../../state/route.ts";
import { useTitles } from "../../state/use-titles.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { useFormat } from "../../ui/format.ts";
import { CircleAlert, CircleCheck, TriangleAlert } from "../../ui/icons.ts";
import { Marked } from "../../ui/Marked.tsx";

const shownAtFirst = 5;

/** What is wrong, the worst first, each with its cause; one quiet line when nothing is. */
export function Attention({ view, context }: { view: InstalledView; context: ContextId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { attention, health, since, looking, state } = view;
  if (attention.length === 0) {
    if (health !== "ok" || looking || state !== "installed") return null;
    return (
      <p className="kubeflow-well">
        <CircleCheck aria-hidden size={16} />
        {since === undefined ? t("kubeflow.allWell") : t("kubeflow.allWellSince", { time: format.date(iso(since)) })}
      </p>
    );
  }
  const shown = all ? attention : attention.slice(0, shownAtFirst);
  const more = attention.length - shown.length;
  return (
    <Card
      title={t("kubeflow.attention")}
      aside={<span className="faint">{t("kubeflow.worstFirst")}</span>}
      padded={false}
    >
      <ul className="kubeflow-causes">
        {shown.map((trouble) => (
          <Cause
            key={`${trouble.object.kind}/${trouble.object.namespace}/${trouble.object.name}`}
            {...{ trouble, view, context }}
          />
        ))}
      </ul>
      {more > 0 ? (
        <p className="kubeflow-more">
          <Button size="sm" variant="ghost" onPress={() => setAll(true)}>
            {t("kubeflow.more", { count: more })}
          </Button>
        </p>
      ) : null}
    </Card>
  );
}

function Cause({ trouble, view, context }: { trouble: Trouble; view: InstalledView; context: ContextId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const titles = useTitles();
  const { cause, object, level, since, restarts } = trouble;
  const recorded = view.components.find(({ id }) => id === trouble.component);
  const title = recorded ? titles.component(view.release, recorded) : trouble.component;
  const named = `${object.kind} ${object.namespace ? `${object.namespace}/` : ""}${object.name}`;
  const said = cause
    ? textOf({ id: `cause.${cause.id}`, params: cause.params }, language)
    : t("kubeflow.missing", { object: named });
  const about = cause?.about ?? object;
  const helps = cause?.help ?? [];
  const logs = helps.includes("previousLogs") || helps.includes("logs");
  const Sign = level === "bad" ? CircleAlert : TriangleAlert;
  return (
    <li className="kubeflow-cause">
      <Sign aria-hidden size={16} className={level === "bad" ? "text-bad" : "text-warn"} />
      <div className="kubeflow-cause-words">
        <b>
          {title}: <Marked>{visibleBidi(said)}</Marked>
        </b>
        <small className="muted">
          {cause ? <span>{visibleBidi(named)}</span> : null}
          {since === undefined ? null : <span>{t("kubeflow.since", { time: format.date(iso(since)) })}</span>}
          {restarts > 0 ? <span>{t("kubeflow.restarts", { count: restarts })}</span> : null}
          {cause?.words && !said.includes(cause.words.slice(0, 60)) ? (
            <span className="kubeflow-cause-own" lang="en">
              {visibleBidi(cause.words)}
            </span>
          ) : null}
        </small>
      </div>
      {logs ? (
        <Button
          size="sm"
          aria-label={`${t("kubeflow.logs")}: ${about.name}`}
          onPress={() => openDockTab({ kind: "logs", target: { ...about, context } }, about.name)}
        >
          {t("kubeflow.logs")}
        </Button>
      ) : null}
      {cause ? (
        <Button
          size="sm"
          variant="primary"
          aria-label={`${t("kubeflow.show")}: ${about.name}`}
          onPress={() => go(placeOf(context, about))}
        >
          {t("kubeflow.show")}
        </Button>
      ) : null}
    </li>
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
