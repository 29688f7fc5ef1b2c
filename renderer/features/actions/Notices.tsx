import { useTranslation } from "react-i18next";
import { useStream } from "../../state/use-stream.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { CircleAlert, CircleCheck, LoaderCircle, X } from "../../ui/icons.ts";
import { Progress } from "../../ui/Progress.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { DrainNotice } from "./DrainNotice.tsx";
import { forgetAction, type RunningAction, type Said, useRunningActions } from "./running-actions.ts";

/**
 * What is being done and what came of it, at the corner of the page; what failed stays until it was read. Not React Aria's
 * Toast: that is unstable still (`UNSTABLE_Toast` in 1.22), and knows what is said once, while most of these go on, count,
 * and can be stopped.
 */
export function Notices() {
  const { t } = useTranslation();
  const { running, said } = useRunningActions();
  const { item: drains = [] } = useStream("drain.watch", {});
  return (
    <section className="notices" aria-label={t("actions.notices")}>
      {drains.map((drain) => (
        <DrainNotice key={drain.id} drain={drain} />
      ))}
      {running.map((action) => (
        <ActionNotice key={action.id} action={action} />
      ))}
      {said.map((one) => (
        <SaidNotice key={one.id} said={one} />
      ))}
    </section>
  );
}

const shownFailures = 8;

function ActionNotice({ action }: { action: RunningAction }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const { id, title, state, targets, results, stop } = action;
  const failed = results.flatMap((result, index) => {
    const target = targets[index];
    return result.error && target ? [{ target, error: result.error }] : [];
  });
  const good = results.length - failed.length;
  const created = results.flatMap((result) => (result.created ? [result.created] : []));
  const waiting = results.flatMap((result) => result.finalizers ?? []);
  const unchanged = results.filter((result) => result.unchanged).length;
  const about = targets.length === 1 && targets[0] ? targets[0].name : undefined;
  return (
    <div className="notice" role={failed.length > 0 ? "alert" : "status"}>
      <span className={failed.length > 0 ? "notice-sign notice-bad" : "notice-sign notice-ok"} aria-hidden>
        {state === "running" ? (
          <LoaderCircle size={16} className="spin" />
        ) : failed.length > 0 ? (
          <CircleAlert size={16} />
        ) : (
          <CircleCheck size={16} />
        )}
      </span>
      <div className="notice-words">
        <strong>
          {about
            ? `${title}: ${about}`
            : t("actions.result.of", { title, good: state === "running" ? results.length : good, all: targets.length })}
        </strong>
        {state === "running" && targets.length > 1 ? (
          <Progress label={title} fraction={results.length / targets.length} />
        ) : null}
        {state === "stopped" ? <p>{t("actions.result.stopped", { count: targets.length - results.length })}</p> : null}
        {created.length > 0 ? <p>{t("actions.result.created", { name: created.join(", ") })}</p> : null}
        {waiting.length > 0 ? <p>{t("actions.result.waiting", { names: [...new Set(waiting)].join(", ") })}</p> : null}
        {state === "done" && unchanged > 0 ? <p>{t("actions.result.unchanged", { count: unchanged })}</p> : null}
        {failed.length > 0 ? (
          <ul>
            {failed.slice(0, shownFailures).map(({ target, error }) => (
              <li key={`${target.namespace}/${target.name}`} title={words(error).detail}>
                {about ? null : <b className="mono">{target.name}: </b>}
                {words(error).title}
              </li>
            ))}
            {failed.length > shownFailures ? (
              <li>{t("actions.result.more", { count: failed.length - shownFailures })}</li>
            ) : null}
          </ul>
        ) : null}
      </div>
      {state === "running" ? (
        targets.length > 1 ? (
          <Button size="sm" onPress={stop}>
            {t("actions.stop")}
          </Button>
        ) : null
      ) : (
        <IconButton label={t("actions.close")} onPress={() => forgetAction(id)}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

function SaidNotice({ said: { id, title, error } }: { said: Said }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  return (
    <div className="notice" role={error ? "alert" : "status"}>
      <span className={error ? "notice-sign notice-bad" : "notice-sign notice-ok"} aria-hidden>
        {error ? <CircleAlert size={16} /> : <CircleCheck size={16} />}
      </span>
      <div className="notice-words">
        <strong>{title}</strong>
        {error ? <p>{words(error).title}</p> : null}
      </div>
      <IconButton label={t("actions.close")} onPress={() => forgetAction(id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
