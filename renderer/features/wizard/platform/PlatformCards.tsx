import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { useTranslation } from "react-i18next";
import type { PlatformTool, ToolName } from "../../../../common/contract/index.ts";
import { chosenContext, useCluster } from "../../../state/cluster.ts";
import { usePractice } from "../../../state/practice.ts";
import { Check, Cloud, Laptop, LoaderCircle, Minus, Server, TriangleAlert } from "../../../ui/icons.ts";
import { type CardId, cardIds, openCard } from "./state.ts";
import type { Views } from "./use-views.ts";

interface Finding {
  tone: "ok" | "warn" | "run" | "none";
  text: string;
}

const signs: Record<Finding["tone"], ReactNode> = {
  ok: <Check aria-hidden size={12} />,
  warn: <TriangleAlert aria-hidden size={12} />,
  run: <LoaderCircle aria-hidden size={12} className="platform-turning" />,
  none: <Minus aria-hidden size={12} />,
};

/** Five platforms in one group; each card says what was found, so that a dead end is seen before it is entered. */
export function PlatformCards({ open, views }: { open: CardId | undefined; views: Views }) {
  const { t } = useTranslation();
  const cluster = useCluster();
  const practice = usePractice(({ status }) => status?.state ?? "absent");
  const tools = views.tools.item?.tools;
  return (
    <RadioGroup
      className="platform-cards"
      aria-label={t("platforms.cards")}
      orientation="horizontal"
      value={open ?? null}
      onChange={(value) => {
        const card = cardIds.find((id) => id === value);
        if (card !== undefined) openCard(card);
      }}
    >
      {cardIds.map((id) => {
        const { note, findings } =
          id === "computer"
            ? aboutComputer(t, tools, t(`practice.state.${practice}`), views.computer.item?.computer?.runtime)
            : id === "existing"
              ? aboutExisting(t, cluster)
              : aboutCloud(t, id, tools, views[id]);
        const Icon = id === "computer" ? Laptop : id === "existing" ? Server : Cloud;
        return (
          <Radio key={id} value={id} className="platform-card">
            <span className="platform-card-title">
              <Icon aria-hidden size={18} />
              <b>{t(`platforms.card.${id}`)}</b>
            </span>
            <small>{note}</small>
            {findings.map(({ tone, text }) => (
              <span key={text} className={`platform-finding platform-finding-${tone}`}>
                {signs[tone]}
                {text}
              </span>
            ))}
          </Radio>
        );
      })}
    </RadioGroup>
  );
}

interface About {
  note: string;
  findings: Finding[];
}

function usable(tools: readonly PlatformTool[] | undefined, name: ToolName): PlatformTool | undefined {
  return tools?.find((tool) => tool.name === name && tool.file !== undefined && tool.problem === undefined);
}

function named({ name, version }: PlatformTool): string {
  return version === undefined ? name : `${name} ${version.split(".").slice(0, 2).join(".")}`;
}

function aboutComputer(
  t: TFunction,
  tools: readonly PlatformTool[] | undefined,
  practice: string,
  runtime: { name: string; version: string } | undefined,
): About {
  const container = usable(tools, "docker") ?? usable(tools, "podman");
  const known = runtime ? `${runtime.name} ${runtime.version}` : container && named(container);
  const local = (["kind", "k3d", "minikube"] as const).flatMap((name) => usable(tools, name) ?? []);
  return {
    note: known ? t("platforms.note.practiceAnd", { runtime: known }) : t("platforms.note.practiceOnly"),
    findings: [
      { tone: "ok", text: t("platforms.found.practice", { state: practice }) },
      ...(tools === undefined
        ? [{ tone: "run" as const, text: t("platforms.note.looking") }]
        : local.length > 0
          ? [{ tone: "ok" as const, text: t("platforms.found.tools", { tools: local.map(named).join(", ") }) }]
          : [{ tone: "none" as const, text: t("platforms.found.noTools") }]),
    ],
  };
}

function aboutExisting(t: TFunction, cluster: ReturnType<typeof useCluster.getState>): About {
  const own = cluster.list?.contexts.filter((context) => !context.practice) ?? [];
  const chosen = chosenContext(cluster);
  const connected = cluster.state === "connected" && chosen !== undefined && !chosen.practice;
  return {
    note: t("platforms.note.existing"),
    findings: [
      { tone: own.length > 0 ? "ok" : "none", text: t("platforms.found.contexts", { count: own.length }) },
      ...(connected ? [{ tone: "ok" as const, text: t("platforms.found.answers", { name: chosen.name }) }] : []),
    ],
  };
}

const cloudTools = {
  eks: { main: "aws", create: "eksctl" },
  gke: { main: "gcloud", plugin: "gke-gcloud-auth-plugin" },
  aks: { main: "az" },
} as const satisfies Record<string, { main: ToolName; create?: ToolName; plugin?: ToolName }>;

function aboutCloud(
  t: TFunction,
  id: "eks" | "gke" | "aks",
  tools: readonly PlatformTool[] | undefined,
  { item }: Views["eks"],
): About {
  const wanted: { main: ToolName; create?: ToolName; plugin?: ToolName } = cloudTools[id];
  const main = usable(tools, wanted.main);
  if (tools === undefined) return { note: t("platforms.note.looking"), findings: [] };
  if (main === undefined)
    return {
      note: t("platforms.note.missing", { tool: wanted.main }),
      findings: [{ tone: "none", text: t("platforms.found.install") }],
    };
  const creator = wanted.create && usable(tools, wanted.create);
  const note = [main, ...(creator ? [creator] : [])].map(named).join(", ");
  const without: Finding[] = [
    ...(wanted.create && !creator
      ? [{ tone: "none" as const, text: t("platforms.found.noCreate", { tool: wanted.create }) }]
      : []),
    ...(wanted.plugin && !usable(tools, wanted.plugin)
      ? [{ tone: "warn" as const, text: t("platforms.found.plugin") }]
      : []),
  ];
  const cloud = item?.cloud;
  if (cloud === undefined)
    return { note, findings: [{ tone: "none", text: t("platforms.found.notOpened") }, ...without] };
  if (cloud.problem) return { note, findings: [{ tone: "warn", text: t("platforms.found.failed") }, ...without] };
  const asked = cloud.regions.filter(({ state }) => state !== "waiting" && state !== "asking");
  return {
    note,
    findings: [
      cloud.identity
        ? { tone: "ok", text: t("platforms.found.signedIn") }
        : { tone: "run", text: t("platforms.found.asking") },
      ...(cloud.regions.length > 0 || cloud.state === "ready"
        ? [
            { tone: "ok" as const, text: t("platforms.found.clusters", { count: cloud.clusters.length }) },
            { tone: "ok" as const, text: t("platforms.found.regions", { count: asked.length }) },
          ]
        : []),
      ...without,
    ],
  };
}
