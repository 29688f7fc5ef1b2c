import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import type { ContextEntry } from "../../electron/contract/index.ts";
import { chosenContext, useCluster } from "../store/cluster.ts";
import { closeCluster, openEntries, switchCluster, useOpenClusters } from "../store/openClusters.ts";
import { ChevronDown, X } from "../ui/icons.ts";
import { ClusterMenu, useStateOf } from "./ClusterMenu.tsx";
import { ContextMark, colourClass } from "./ContextMark.tsx";
import { ContextTags } from "./ContextTags.tsx";
import "./ClusterTabs.css";

/** The clusters that are open side by side: the one on screen with what is known of it, the others a click away. */
export function ClusterTabs() {
  const { t } = useTranslation();
  const list = useCluster((state) => state.list);
  const chosen = useCluster((state) => state.chosen);
  const open = openEntries(
    list,
    useOpenClusters((state) => state.open),
  );
  const colour = open.find(({ id }) => id === chosen)?.options.colour;
  return (
    <nav className="cluster-tabs" aria-label={t("contexts.open")}>
      {colour ? <span className={`cluster-stripe ${colourClass(colour)}`} aria-hidden /> : null}
      {open.some(({ id }) => id === chosen) ? null : <ClusterChip />}
      {open.map((context) =>
        context.id === chosen ? (
          <ClusterChip key={context.id} closable={open.length > 1} />
        ) : (
          <ClusterTab key={context.id} context={context} />
        ),
      )}
    </nav>
  );
}

/** The cluster everything on screen is about; opens the list of all. */
function ClusterChip({ closable = false }: { closable?: boolean }) {
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const cluster = useCluster();
  const context = chosenContext(cluster);
  const { info, state } = cluster;
  const nodes = info?.nodes ? t("cluster.nodes", { count: info.nodes.total }) : undefined;
  const words =
    state === "connected" ? [info?.version, nodes].filter(Boolean).join(" · ") : t(`cluster.state.${state}`);
  const dot = state === "connected" ? "dot-ok" : state === "failed" ? "dot-bad" : "dot-run";
  return (
    <span className={`cluster-chip ${colourClass(context?.options.colour)}`}>
      <DialogTrigger isOpen={menu} onOpenChange={setMenu}>
        <Button className="chip" aria-haspopup="dialog">
          {context ? (
            <>
              <span className={`dot ${dot}`} aria-hidden />
              <span className="sr-only">{t("shell.cluster")}</span>
              <b>{context.name}</b>
              <span className="faint chip-facts">{words}</span>
            </>
          ) : (
            <>
              <span className="dot dot-none" aria-hidden />
              <span className="muted">{t("shell.noCluster")}</span>
            </>
          )}
          <ChevronDown aria-hidden size={14} />
        </Button>
        <Popover className="cluster-menu" placement="bottom start">
          <Dialog className="cluster-menu-dialog" aria-label={t("contexts.title")}>
            <ClusterMenu onDone={() => setMenu(false)} />
          </Dialog>
        </Popover>
      </DialogTrigger>
      {context ? <ContextTags context={context} /> : null}
      {context && closable ? <Close context={context} /> : null}
    </span>
  );
}

function ClusterTab({ context }: { context: ContextEntry }) {
  const { t } = useTranslation();
  const state = useStateOf(context.id);
  const marks = [
    context.options.readOnly ? t("contexts.readOnly") : "",
    context.actsAs ? t("contexts.as", { user: context.actsAs.user }) : "",
    state === "failed" ? t("cluster.state.failed") : "",
  ].filter(Boolean);
  return (
    <span className="cluster-tab">
      <Button
        className="cluster-tab-button"
        onPress={() => switchCluster(context.id)}
        aria-label={[t("contexts.switchTo", { name: context.name }), ...marks].join(", ")}
      >
        <ContextMark colour={context.options.colour} />
        <span className="cluster-tab-name">{context.name}</span>
      </Button>
      <Close context={context} />
    </span>
  );
}

function Close({ context }: { context: ContextEntry }) {
  const { t } = useTranslation();
  return (
    <Button
      className="cluster-close"
      onPress={() => closeCluster(context.id)}
      aria-label={t("contexts.close", { name: context.name })}
    >
      <X aria-hidden size={12} />
    </Button>
  );
}
