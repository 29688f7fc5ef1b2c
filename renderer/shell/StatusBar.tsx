import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useApp } from "../state/app.ts";
import { chosenContext, useCluster } from "../state/cluster.ts";
import { contributions } from "../state/contributions.tsx";
import { useInstall } from "../state/install.ts";
import { keyOfCommand, useKeyChoice } from "../state/keys.ts";
import { usePractice } from "../state/practice.ts";
import { useRoute } from "../state/route.ts";
import { shownKey } from "../ui/key-names.ts";
import { onMac } from "../ui/shortcut.ts";
import { dockToggle } from "./dock/commands.ts";

/** How fresh what is shown is, what the place on screen says about itself, and whether it is real. */
export function StatusBar() {
  const { t } = useTranslation();
  const connection = useApp((state) => state.connection);
  const practice = useCluster((state) => chosenContext(state)?.practice ?? false);
  const said = contributions().flatMap(({ status = [] }) => status);
  const terminalKey = keyOfCommand(dockToggle, useKeyChoice());
  const live = connection !== "lost";
  const own: ReactNode = (
    <>
      <span className="status-live">
        <span className={live ? "dot dot-ok" : "dot dot-bad"} aria-hidden />
        {live ? t("shell.live") : t("shell.notLive")}
      </span>
      <span>
        <PlaceNote />
      </span>
    </>
  );
  return (
    <footer className="status">
      {live ? said.reduceRight(inFront, own) : own}
      <span className="status-end">
        {practice ? <span>{t("practice.simulated")}</span> : null}
        {terminalKey ? (
          <span className="top-hide-narrow">{`${shownKey(terminalKey, onMac())} ${t("shell.terminal")}`}</span>
        ) : null}
      </span>
    </footer>
  );
}

function inFront(otherwise: ReactNode, Status: ComponentType<{ otherwise: ReactNode }>): ReactNode {
  return <Status otherwise={otherwise} />;
}

function PlaceNote() {
  const { t } = useTranslation();
  const route = useRoute((state) => state.route);
  const latency = useCluster((state) => state.info?.latencyMs);
  const objects = useInstall((state) => state.status?.objects);
  const practiceState = usePractice((state) => state.status?.state);
  if (route.place !== "home" && route.place !== "install") return null;
  if (route.place === "home" || route.step === "cluster")
    return practiceState ? t("shell.practiceIs", { state: t(`practice.state.${practiceState}`) }) : null;
  if (route.step === "settings") return t("settings.checked");
  const server = latency === undefined ? "" : ` · ${t("shell.latency", { ms: Math.round(latency) })}`;
  if (route.step === "install" && objects)
    return t("install.objectsDone", { done: objects.done, total: objects.total }) + server;
  return latency === undefined ? null : t("shell.latency", { ms: Math.round(latency) });
}
