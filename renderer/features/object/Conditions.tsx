import { useTranslation } from "react-i18next";
import type { ObjectJson } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { list, text } from "../../state/read.ts";
import { Age } from "../../ui/Age.tsx";
import { OwnWords } from "./OwnWords.tsx";

/** True is good for most conditions; for these it is bad. */
const badWhenTrue = /(Pressure|Unavailable|Failure|Failed|Stalled|Degraded)$/;
const neutral = /^(Suspended|Complete|PodReadyToStartContainers|DisruptionTarget|FailureTarget|SuccessCriteriaMet)$/;

/** `status.conditions` with since when, and the reason where something is wrong. */
export function Conditions({ object }: { object: ObjectJson }) {
  const { t } = useTranslation();
  const conditions = list(object, "status.conditions");
  if (conditions.length === 0) return null;
  return (
    <section aria-label={t("object.conditions")}>
      <h3 className="section-title">{t("object.conditions")}</h3>
      <ul className="object-rows">
        {conditions.map((condition) => (
          <Condition key={text(condition, "type")} condition={condition} />
        ))}
      </ul>
    </section>
  );
}

function Condition({ condition }: { condition: unknown }) {
  const type = text(condition, "type") ?? "";
  const status = text(condition, "status") ?? "";
  const isTrue = status === "True";
  const wrong = badWhenTrue.test(type) ? isTrue : !isTrue && !neutral.test(type);
  const sign = neutral.test(type) ? "·" : wrong ? (status === "Unknown" ? "?" : "!") : "✓";
  const reason = text(condition, "reason");
  const message = text(condition, "message");
  return (
    <li>
      <div className="object-row">
        <span className={`row-sign health-${wrong ? "bad" : "ok"}`} aria-hidden>
          {sign}
        </span>
        <span className="row-name">{type}</span>
        <span className="row-end">
          {status} · <Age since={text(condition, "lastTransitionTime") ?? text(condition, "lastUpdateTime")} />
        </span>
      </div>
      {reason && reason !== status ? <p className="object-reason">{visibleBidi(reason)}</p> : null}
      {wrong && message ? <OwnWords words={message} /> : null}
    </li>
  );
}
