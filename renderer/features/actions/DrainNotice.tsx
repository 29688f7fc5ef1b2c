import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DrainProgress } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { client, settle } from "../../state/client.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { CircleAlert, CircleCheck, LoaderCircle, X } from "../../ui/icons.ts";
import { Progress } from "../../ui/Progress.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { say } from "./running-actions.ts";

type PodState = DrainProgress["pods"][number]["state"];

const tones: Readonly<Record<PodState, Tone>> = {
  waiting: "idle",
  refused: "warn",
  ending: "run",
  gone: "ok",
  failed: "bad",
  left: "idle",
};
/** What needs a look comes first. */
const order: readonly PodState[] = ["failed", "refused", "left", "ending", "waiting", "gone"];

/** A drain as it goes: which pods are gone, which wait for a budget; it can be stopped. */
export function DrainNotice({ drain }: { drain: DrainProgress }) {
  const words = useErrorWords();
  const language = useLanguage();
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const { id, nodes, state, pods, error } = drain;
  const gone = pods.filter((pod) => pod.state === "gone").length;
  const sorted = pods.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const running = state === "running";
  const bad = state === "failed";
  const ask = async (name: "drain.stop" | "drain.forget") => {
    const answer = await settle(client().call(name, { id }));
    if (!answer.ok) say(t("actions.title.drain"), answer.error);
  };
  return (
    <div className="notice" role={bad ? "alert" : "status"}>
      <span className={bad ? "notice-sign notice-bad" : "notice-sign notice-ok"} aria-hidden>
        {running ? (
          <LoaderCircle size={16} className="spin" />
        ) : bad ? (
          <CircleAlert size={16} />
        ) : (
          <CircleCheck size={16} />
        )}
      </span>
      <div className="notice-words">
        <strong>{t(`actions.drain.state.${state}`, { nodes: nodes.join(", ") })}</strong>
        {running ? <Progress label={t("actions.title.drain")} fraction={pods.length ? gone / pods.length : 0} /> : null}
        <p>{t("actions.drain.count", { gone, all: pods.length })}</p>
        {error ? (
          <p>
            {words(error).title} {words(error).detail}
          </p>
        ) : null}
        {state === "stopped" ? <p>{t("actions.drain.stays")}</p> : null}
        {pods.length > 0 ? (
          <Button size="sm" variant="ghost" aria-expanded={open} onPress={() => setOpen(!open)}>
            {t(open ? "actions.drain.less" : "actions.drain.all")}
          </Button>
        ) : null}
        {open && pods.length > 0 ? (
          <ScrollRegion className="notice-list" label={t("actions.drain.pods")}>
            <ul>
              {sorted.map((pod) => (
                <li key={`${pod.namespace}/${pod.name}`} title={pod.said && visibleBidi(textOf(pod.said, language))}>
                  <Tag tone={tones[pod.state]}>{t(`actions.drain.pod.${pod.state}`, { count: pod.attempts })}</Tag>{" "}
                  <span className="mono">{pod.name}</span>
                </li>
              ))}
            </ul>
          </ScrollRegion>
        ) : null}
      </div>
      {running ? (
        <Button size="sm" onPress={() => void ask("drain.stop")}>
          {t("actions.stop")}
        </Button>
      ) : (
        <IconButton label={t("actions.close")} onPress={() => void ask("drain.forget")}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
