import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../common/contract/index.ts";
import { useApp } from "../../state/app.ts";
import { chosenContext, useCluster } from "../../state/cluster.ts";
import { Part } from "../../state/contributions.tsx";
import { useInstall } from "../../state/install.ts";
import { startPractice, usePractice } from "../../state/practice.ts";
import { go, goStep } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ArrowRight } from "../../ui/icons.ts";
import { Tag } from "../../ui/Tag.tsx";
import { Installations } from "./Installations.tsx";
import "./Home.css";

/** The first screen: what can be begun, and what can be come back to. */
export function Home() {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const appError = useApp((state) => state.error);
  const known = useInstall((state) => state.known);
  useEffect(() => {
    document.title = `${t("frame.home")} · Flowdeck`;
  }, [t]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className="home">
      <div className="home-content">
        <h1 ref={heading} tabIndex={-1}>
          {t("home.title")}
        </h1>
        <p className="home-intro">{t("home.intro")}</p>
        {appError ? <ErrorBanner error={appError} /> : null}
        <div className="home-cards">
          <PracticeCard />
          <OwnClusterCard />
        </div>
        {known && known.length > 0 ? <Installations entries={known} /> : null}
        <Part name="installSteps" props={{}} />
      </div>
    </div>
  );
}

function browsePods(context: ContextId): void {
  go({ place: "browse", context, resource: "pods", namespaces: [] });
}

function PracticeCard() {
  const { t } = useTranslation();
  const status = usePractice((state) => state.status);
  const contexts = useCluster((state) => state.list?.contexts);
  const recommended = !contexts?.some((context) => !context.practice);
  const own = contexts?.find((context) => context.practice);
  const running = status?.state === "running";
  const starting = status?.state === "starting";
  return (
    <section className={recommended ? "pick pick-on" : "pick"} aria-labelledby="pick-practice">
      {running ? (
        <Tag tone="ok" sign="✓">
          {t("practice.state.running")} · {t("cluster.nodes", { count: status.nodes })}
        </Tag>
      ) : (
        <Tag tone="run">{recommended ? t("home.practice.recommended") : t("home.practice.tag")}</Tag>
      )}
      <h2 id="pick-practice">{t(running ? "practice.title" : "home.practice.title")}</h2>
      <p>{t("home.practice.text")}</p>
      <span className="pick-actions">
        <Button
          variant={recommended ? "primary" : "default"}
          onPress={() => {
            goStep("cluster");
            if (!running && !starting) void startPractice();
          }}
          {...(running || starting ? { after: <ArrowRight aria-hidden /> } : {})}
        >
          {running ? t("home.practice.use") : starting ? t("home.practice.see") : t("home.practice.start")}
        </Button>
        {running && own ? <Button onPress={() => browsePods(own.id)}>{t("home.practice.browse")}</Button> : null}
      </span>
    </section>
  );
}

function OwnClusterCard() {
  const { t } = useTranslation();
  const list = useCluster((state) => state.list);
  const count = list?.contexts.filter((context) => !context.practice).length ?? 0;
  const chosen = useCluster(chosenContext);
  return (
    <section className={count > 0 ? "pick pick-on" : "pick"} aria-labelledby="pick-own">
      <Tag>{list === undefined ? t("common.looking") : t("home.own.found", { count })}</Tag>
      <h2 id="pick-own">{t("home.own.title")}</h2>
      <p>{t("home.own.text")}</p>
      <span className="pick-actions">
        <Button variant={count > 0 ? "primary" : "default"} onPress={() => goStep("cluster")}>
          {t("home.own.choose")}
        </Button>
        {chosen && !chosen.practice ? (
          <Button onPress={() => browsePods(chosen.id)}>{t("home.own.browse", { name: chosen.name })}</Button>
        ) : null}
      </span>
    </section>
  );
}
