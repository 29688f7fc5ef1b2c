import { useTranslation } from "react-i18next";
import type { Forward } from "../../../common/contract/index.ts";
import { stopForward, useForwards } from "../../state/forwards.ts";
import { browse } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { OpenLink } from "./OpenLink.tsx";
import "./Forwards.css";

/** Every port of this machine that leads into a cluster: where to, whether it answers, and the way to end it. */
export function Forwards() {
  const { t } = useTranslation();
  const { list, error } = useForwards();
  return (
    <div className="forwards">
      <header>
        <h1>{t("forwards.title")}</h1>
        <p>{t("forwards.intro")}</p>
      </header>
      {error ? <ErrorBanner error={error} /> : null}
      {list.length === 0 ? (
        <div className="empty-box">
          <p>{t("forwards.none")}</p>
          <Button onPress={() => browse({ resource: "services" })}>{t("forwards.toServices")}</Button>
        </div>
      ) : (
        <ul className="forwards-list">
          {list.map((forward) => (
            <ForwardRow key={forward.id} forward={forward} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ForwardRow({ forward }: { forward: Forward }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const { target, port, localPort, state, pod, problem, connections, contextName, purpose } = forward;
  const what = `${target.kind} ${target.namespace ? `${target.namespace}/` : ""}${target.name}`;
  return (
    <li className="forward">
      <span className="forward-port mono">127.0.0.1:{localPort}</span>
      <span className="forward-what">
        <b>
          {what} : {port}
        </b>
        <span className="muted">
          {contextName}
          {purpose === "dashboard" ? ` · ${t("forwards.dashboard")}` : ""}
          {pod ? ` · ${t("forwards.answers", { pod })}` : ""}
          {connections > 0 ? ` · ${t("forwards.connections", { count: connections })}` : ""}
        </span>
        {problem ? (
          <span className="forward-problem">
            {words(problem).title} {words(problem).detail}
          </span>
        ) : null}
      </span>
      <Tag tone={state === "ready" ? "ok" : "warn"} sign={state === "ready" ? "✓" : "△"}>
        {t(`forwards.state.${state}`)}
      </Tag>
      <span className="forward-buttons">
        <OpenLink forward={forward} />
        <Button size="sm" onPress={() => void stopForward(forward.id)} aria-label={t("forwards.stopThis", { what })}>
          {t("forwards.stop")}
        </Button>
      </span>
    </li>
  );
}
