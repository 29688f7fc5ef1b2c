import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import type { ContextEntry } from "../../../common/contract/index.ts";
import { chosenContext, useCluster } from "../../state/cluster.ts";
import { closeCluster, openEntries, switchCluster, useOpenClusters } from "../../state/open-clusters.ts";
import { ChevronDown, Lock, UserRound, X } from "../../ui/icons.ts";
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
  const room = useRoom();
  const others = open.filter(({ id }) => id !== chosen).slice(0, room);
  const hidden = open.filter((context) => context.id !== chosen && !others.includes(context)).length;
  return (
    <nav className="cluster-tabs" aria-label={t("contexts.open")}>
      {colour ? <span className={`cluster-stripe ${colourClass(colour)}`} aria-hidden /> : null}
      {open.some(({ id }) => id === chosen) ? null : <ClusterChip />}
      {open.map((context) =>
        context.id === chosen ? (
          <ClusterChip key={context.id} closable={open.length > 1} bare={others.length > 1} />
        ) : others.includes(context) ? (
          <ClusterTab key={context.id} context={context} />
        ) : null,
      )}
      {hidden > 0 ? <MoreClusters count={hidden} /> : null}
    </nav>
  );
}

/** The cluster everything on screen is about; opens the list of all. */
function ClusterChip({ closable = false, bare = false }: { closable?: boolean; bare?: boolean }) {
  const { t } = useTranslation();
  const cluster = useCluster();
  const context = chosenContext(cluster);
  const { info, state } = cluster;
  const nodes = info?.nodes ? t("cluster.nodes", { count: info.nodes.total }) : undefined;
  const words =
    state === "connected"
      ? [info?.version, nodes].filter(Boolean).join(" · ")
      : cluster.error?.code === "exec-needs-approval"
        ? t("contexts.needsApproval")
        : t(`cluster.state.${state}`);
  const dot = state === "connected" ? "dot-ok" : state === "failed" ? "dot-bad" : "dot-run";
  return (
    <span className={`cluster-chip ${colourClass(context?.options.colour)}`}>
      <WithMenu>
        <Button className="chip" aria-haspopup="dialog">
          {context ? (
            <>
              <span className={`dot ${dot}`} aria-hidden />
              <span className="sr-only">{t("frame.cluster")}</span>
              <b className="cluster-chip-name">{context.name}</b>
              {bare && state === "connected" ? null : <span className="faint chip-facts">{words}</span>}
            </>
          ) : (
            <>
              <span className="dot dot-none" aria-hidden />
              <span className="muted">{t("frame.noCluster")}</span>
            </>
          )}
          <ChevronDown className="cluster-chevron" aria-hidden size={14} />
        </Button>
      </WithMenu>
      {context ? <ContextTags context={context} /> : null}
      {context && closable ? <Close context={context} /> : null}
    </span>
  );
}

/** The button that opens the list of all clusters, with the list. */
function WithMenu({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      {children}
      <Popover className="cluster-menu" placement="bottom start">
        <Dialog className="cluster-menu-dialog" aria-label={t("contexts.title")}>
          <ClusterMenu onDone={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
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
    <Button
      className="cluster-tab"
      onPress={() => switchCluster(context.id)}
      aria-label={[t("contexts.switchTo", { name: context.name }), ...marks].join(", ")}
    >
      <ContextMark colour={context.options.colour} />
      <span className="cluster-tab-name">{context.name}</span>
      {context.options.readOnly ? <Lock aria-hidden size={11} /> : null}
      {context.actsAs ? <UserRound aria-hidden size={11} /> : null}
    </Button>
  );
}

/** Those there is no room for are in the list. */
function MoreClusters({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <WithMenu>
      <Button className="cluster-tab" aria-label={t("contexts.moreOpen", { count })}>
        +{count}
      </Button>
    </WithMenu>
  );
}

const widths = ["(min-width: 1000px)", "(min-width: 1200px)", "(min-width: 1400px)", "(min-width: 1560px)"];

/** How many clusters beside the one on screen fit into the top bar. */
function useRoom(): number {
  return useSyncExternalStore(
    (changed) => {
      const medias = widths.map((query) => window.matchMedia(query));
      for (const media of medias) media.addEventListener("change", changed);
      return () => {
        for (const media of medias) media.removeEventListener("change", changed);
      };
    },
    () => widths.filter((query) => window.matchMedia(query).matches).length,
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
