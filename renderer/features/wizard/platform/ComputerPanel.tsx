import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type AppError,
  type LocalCluster,
  type LocalPlatform,
  localPlatforms,
  type PlatformAction,
  type PlatformsView,
  type PlatformTool,
} from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { client, settle } from "../../../state/client.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { useFormat } from "../../../ui/format.ts";
import { Tag } from "../../../ui/Tag.tsx";
import { PracticeCard } from "../cluster/PracticeCard.tsx";
import { runAction } from "./actions.ts";
import { CreateDialog } from "./CreateDialog.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { askAgain } from "./state.ts";
import { TooOld } from "./TooOld.tsx";

/** The practice cluster, then what kind, k3d and minikube have here and can create. */
export function ComputerPanel({ view, recommended }: { view: PlatformsView | undefined; recommended: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [creating, setCreating] = useState<LocalPlatform>();
  const [deleting, setDeleting] = useState<LocalCluster>();
  const computer = view?.computer;
  const runtime = computer?.runtime;
  return (
    <>
      <PracticeCard recommended={recommended} />
      <section className="platform-local" aria-labelledby="local-clusters">
        <div className="choice-head">
          <h2 className="cluster-title" id="local-clusters">
            {t("platforms.local.title")}
          </h2>
          <span className="faint" role="status">
            {runtime
              ? t("platforms.local.runtime", {
                  name: runtime.name,
                  version: runtime.version,
                  cpu: format.number(runtime.cpu ?? 0),
                  memory: format.bytes(runtime.memoryBytes ?? 0),
                })
              : computer?.state === "ready"
                ? null
                : t("platforms.local.looking")}
          </span>
          <span className="grow" />
          <Button size="sm" variant="ghost" onPress={() => askAgain("computer")}>
            {t("platforms.again")}
          </Button>
        </div>
        {computer?.runtimeProblem ? <ErrorBanner error={computer.runtimeProblem} tone="warn" /> : null}
        <ul className="platform-tools">
          {localPlatforms.map((platform) => (
            <ToolRow
              key={platform}
              tool={view?.tools?.find(({ name }) => name === platform)}
              platform={platform}
              clusters={computer?.clusters.filter((one) => one.platform === platform) ?? []}
              problem={computer?.problems.find((one) => one.platform === platform)?.problem}
              ready={runtime !== undefined}
              onCreate={() => setCreating(platform)}
              onDelete={setDeleting}
            />
          ))}
        </ul>
      </section>
      {creating ? <CreateDialog platform={creating} onClose={() => setCreating(undefined)} /> : null}
      {deleting ? (
        <DeleteDialog
          request={{ action: "delete", platform: deleting.platform, name: deleting.name }}
          onClose={() => setDeleting(undefined)}
        />
      ) : null}
    </>
  );
}

interface ToolRowProps {
  platform: LocalPlatform;
  tool: PlatformTool | undefined;
  clusters: readonly LocalCluster[];
  problem: AppError | undefined;
  ready: boolean;
  onCreate: () => void;
  onDelete: (cluster: LocalCluster) => void;
}

function ToolRow({ platform, tool, clusters, problem, ready, onCreate, onDelete }: ToolRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isThere = tool?.file !== undefined;
  return (
    <li className="platform-tool">
      <div className="choice-head">
        <h3 className="context-name">{platform}</h3>
        <span className="faint">
          {isThere
            ? (tool.version ?? "")
            : tool
              ? `${t("platforms.local.missing")}. ${textOf(tool.install, language)}`
              : ""}
        </span>
        <span className="grow" />
        {isThere && tool.problem === undefined ? (
          <Button
            size="sm"
            isDisabled={!ready}
            onPress={onCreate}
            aria-label={`${t("platforms.local.create")} ${platform}`}
          >
            {t("platforms.local.create")}
          </Button>
        ) : null}
      </div>
      {tool?.problem ? <ErrorBanner error={tool.problem} tone="warn" /> : null}
      {problem ? <ErrorBanner error={problem} tone="warn" /> : null}
      {clusters.length === 0 ? null : (
        <ul>
          {clusters.map((cluster) => (
            <ClusterRow key={cluster.name} cluster={cluster} onDelete={() => onDelete(cluster)} />
          ))}
        </ul>
      )}
    </li>
  );
}

function ClusterRow({ cluster, onDelete }: { cluster: LocalCluster; onDelete: () => void }) {
  const { t } = useTranslation();
  const [error, setError] = useState<AppError>();
  const { name, platform, state, nodes, version, made } = cluster;
  // Each of these is one command that changes nothing which could not be changed back.
  async function run(action: "use" | "start" | "stop"): Promise<void> {
    const request: PlatformAction = { action, platform, name };
    const title = t(`platforms.job.${action}`, { name });
    const prepared = await settle(client().call("platforms.prepare", request));
    setError(prepared.ok ? await runAction(request, prepared.value.digest, { title }) : prepared.error);
  }
  const button = (action: "use" | "start" | "stop") => (
    <Button
      size="sm"
      variant={action === "use" ? "primary" : "ghost"}
      onPress={() => void run(action)}
      aria-label={`${t(`platforms.local.${action}`)}: ${name}`}
    >
      {t(`platforms.local.${action}`)}
    </Button>
  );
  return (
    <li className="platform-cluster">
      <div className="choice-head">
        <b>{name}</b>
        <Tag tone={state === "running" ? "ok" : "idle"} sign={state === "running" ? "✓" : "·"}>
          {t(`platforms.local.${state}`)}
        </Tag>
        <span className="faint">
          {[
            version,
            nodes === undefined ? undefined : t("platforms.clusters.nodes", { count: nodes }),
            made ? t("platforms.clusters.made") : undefined,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <TooOld version={version} />
        <span className="grow" />
        {made ? (
          <Button size="sm" variant="ghost" onPress={onDelete} aria-label={`${t("platforms.local.delete")} ${name}`}>
            {t("platforms.local.delete")}
          </Button>
        ) : null}
        {state === "running" ? button("stop") : button("start")}
        {state === "stopped" ? null : button("use")}
      </div>
      {error ? <ErrorBanner error={error} /> : null}
    </li>
  );
}
