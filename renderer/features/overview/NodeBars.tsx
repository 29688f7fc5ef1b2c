import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ClusterOverview } from "../../../common/contract/index.ts";
import { Card } from "../../ui/Card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Progress } from "../../ui/Progress.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

/** What the nodes offer for pods, what of it is asked for, and what is used where the cluster measures it. */
export function NodeBars({ overview }: { overview: ClusterOverview }) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const { nodes, requests, usage } = overview;
  const cores = (amount: number) => t("overview.cores", { count: amount, amount: format.cpu(amount) });
  const rows = [
    { id: "cpu", name: t("plan.column.cpu"), show: cores, bare: format.cpu },
    { id: "memory", name: t("plan.column.memory"), show: format.bytes, bare: format.bytes },
  ] as const;
  const known = nodes.state === "live" && nodes.count > 0;
  return (
    <Card
      title={t("overview.nodes")}
      aside={known ? <span className="muted">{t("overview.nodesOf", { count: nodes.count })}</span> : undefined}
    >
      {nodes.state === "waiting" ? <p role="status">{t("overview.asking")}</p> : null}
      {nodes.state === "forbidden" ? <Said>{t("overview.nodesForbidden")}</Said> : null}
      {nodes.state === "failed" ? (
        <Said detail={nodes.problem && errorWords(nodes.problem).title}>{t("overview.nodesFailed")}</Said>
      ) : null}
      {nodes.state === "live" && nodes.count === 0 ? <Said>{t("overview.noNodes")}</Said> : null}
      {known
        ? rows.map(({ id, name, show, bare }) => (
            <div key={id} className="overview-resource">
              <h3>
                {name}
                <span className="muted">
                  {t("overview.allocatable", {
                    amount: show(nodes.allocatable[id]),
                    capacity: show(nodes.capacity[id]),
                  })}
                </span>
              </h3>
              {requests.state === "live" ? (
                <Bar
                  name={name}
                  what={t("overview.requested")}
                  part={requests.sum[id]}
                  all={nodes.allocatable[id]}
                  words={bare(requests.sum[id])}
                  show={show}
                />
              ) : null}
              {usage.state === "served" ? (
                <Bar
                  name={name}
                  what={t("overview.used")}
                  part={usage.sum[id]}
                  all={nodes.allocatable[id]}
                  words={bare(usage.sum[id])}
                  show={show}
                />
              ) : null}
            </div>
          ))
        : null}
      <RequestsNote requests={requests} />
      {usage.state === "absent" ? <Said>{t("overview.usageAbsent")}</Said> : null}
      {usage.state === "forbidden" ? <Said>{t("overview.usageForbidden")}</Said> : null}
      {usage.state === "failed" ? (
        <Said detail={usage.problem && errorWords(usage.problem).title}>{t("overview.usageFailed")}</Said>
      ) : null}
    </Card>
  );
}

function RequestsNote({ requests: { state, pods, problem } }: { requests: ClusterOverview["requests"] }) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  switch (state) {
    case "live":
      return <Said>{t("overview.requestsOf", { count: pods })}</Said>;
    case "leftOut":
      return <Said>{t("overview.requestsLeftOut", { count: pods })}</Said>;
    case "forbidden":
      return <Said>{t("overview.requestsForbidden")}</Said>;
    case "failed":
      return <Said detail={problem && errorWords(problem).title}>{t("overview.requestsFailed")}</Said>;
    default:
      return null;
  }
}

function Said({ children, detail }: { children: ReactNode; detail?: string | undefined }) {
  return (
    <p className="overview-said">
      {children} {detail}
    </p>
  );
}

function Bar({
  name,
  what,
  part,
  all,
  words,
  show,
}: {
  name: string;
  what: string;
  part: number;
  all: number;
  /** The part without a unit that the whole has, too. */
  words: string;
  show: (amount: number) => string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const fraction = all > 0 ? part / all : 0;
  const percent = format.number(Math.round(fraction * 100));
  return (
    <div className="overview-bar">
      <span>{what}</span>
      <Progress label={`${name}: ${what}`} fraction={fraction} tone={fraction > 1 ? "bad" : "accent"} />
      <span className="overview-bar-words">{t("overview.share", { amount: words, all: show(all), percent })}</span>
    </div>
  );
}
