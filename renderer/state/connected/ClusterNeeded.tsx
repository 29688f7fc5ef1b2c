import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useFix } from "../../ui/fix-context.ts";
import { LoaderCircle, Server, TriangleAlert } from "../../ui/icons.ts";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { connect, findContext, useCluster } from "../cluster.ts";
import { startPractice, usePractice } from "../practice.ts";
import { type BrowsePlace, goStep } from "../route.ts";

/** In the place of the browser while no cluster answers: which one is asked, why it fails, or how to choose one. */
export function ClusterNeeded({ place }: { place: BrowsePlace }) {
  const { t } = useTranslation();
  const { state, error, chosen, list } = useCluster();
  const wanted = place.context ?? chosen;
  const entry = findContext(list, wanted);
  const fix = useFix(error?.fix);
  const words = useErrorWords();
  if (wanted !== undefined && list !== undefined && !entry)
    return (
      <Frame>
        <EmptyState
          icon={<Server aria-hidden />}
          title={t("browse.cluster.unknown")}
          text={t("browse.cluster.unknownText")}
          live
        >
          <Choices />
        </EmptyState>
      </Frame>
    );
  if (state === "failed" && chosen !== undefined && chosen === wanted && error)
    return (
      <Frame>
        <EmptyState
          icon={<TriangleAlert aria-hidden />}
          tone="bad"
          title={words(error).title}
          text={words(error).detail}
          live
        >
          {fix ? (
            <Button variant="primary" onPress={fix.run}>
              {fix.label}
            </Button>
          ) : null}
          <Button variant={fix ? "default" : "primary"} onPress={() => void connect(chosen)}>
            {t("common.again")}
          </Button>
          <Button onPress={() => goStep("cluster")}>{t("browse.cluster.other")}</Button>
        </EmptyState>
      </Frame>
    );
  if (wanted !== undefined)
    return (
      <Frame>
        <EmptyState
          icon={<LoaderCircle aria-hidden className="spin" />}
          title={t("browse.cluster.connecting", { name: entry?.name ?? "…" })}
          text={entry?.server}
          live
        />
      </Frame>
    );
  return (
    <Frame>
      <EmptyState icon={<Server aria-hidden />} title={t("browse.cluster.none")} text={t("browse.cluster.noneText")}>
        <Choices />
      </EmptyState>
    </Frame>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className="browse browse-nothing" aria-label={t("frame.browse")}>
      {children}
    </section>
  );
}

function Choices() {
  const { t } = useTranslation();
  const practice = usePractice((state) => state.status);
  const running = practice?.state === "running" && practice.context !== undefined;
  return (
    <>
      <Button variant="primary" onPress={() => goStep("cluster")}>
        {t("browse.cluster.choose")}
      </Button>
      <Button
        onPress={() => {
          if (running && practice.context) void connect(practice.context);
          else {
            goStep("cluster");
            void startPractice();
          }
        }}
      >
        {running ? t("browse.cluster.usePractice") : t("practice.start")}
      </Button>
    </>
  );
}
