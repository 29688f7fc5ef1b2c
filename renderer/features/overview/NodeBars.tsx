import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Pulse } from "../../../common/contract/index.ts";
import { Card } from "../../ui/Card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Progress } from "../../ui/Progress.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

/** What the nodes offer for pods, what of it is asked for, and what is used where the cluster measures it. */
export function NodeBars({ pulse }: { pulse: Pulse }) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const { nodes, requests, usage } = pulse;
  const cores = (amount: number) => t("pulse.cores", { count: amount, amount: format.cpu(amount) });
  const rows = [
    { id: "cpu", name: t("plan.column.cpu"), show: cores, bare: format.cpu },
    { id: "memory", name: t("plan.column.memory"), show: format.bytes, bare: format.bytes },
  ] as const;
  const known = nodes.state === "live" && nodes.count > 0;
  return (
    <Card
      title={t("pulse.nodes")}
      aside={known ? <span className="muted">{t("pulse.nodesOf", { count: nodes.count })}</span> : undefined}
    >
      {nodes.state === "waiting" ? <p role="status">{t("pulse.asking")}</p> : null}
      {nodes.state === "forbidden" ? <Said>{t("pulse.nodesForbidden")}</Said> : null}
      {nodes.state === "failed" ? (
        <Said detail={nodes.problem && errorWords(nodes.problem).title}>{t("pulse.nodesFailed")}</Said>
      ) : null}
      {nodes.state === "live" && nodes.count === 0 ? <Said>{t("pulse.noNodes")}</Said> : null}
      {known
        ? rows.map(({ id, name, show, bare }) => (
            <div key={id} className="pulse-resource">
              <h3>
                {name}
                <span className="muted">
                  {t("pulse.allocatable", { amount: show(nodes.allocatable[id]), capacity: show(nodes.capacity[id]) })}
                </span>
              </h3>
              {requests.state === "live" ? (
                <Bar
                  name={name}
                  what={t("pulse.requested")}
                  part={requests.sum[id]}
                  all={nodes.allocatable[id]}
                  words={bare(requests.sum[id])}
                  show={show}
                />
              ) : null}
              {usage.state === "served" ? (
                <Bar
                  name={name}
                  what={t("pulse.used")}
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
      {usage.state === "absent" ? <Said>{t("pulse.usageAbsent")}</Said> : null}
      {usage.state === "forbidden" ? <Said>{t("pulse.usageForbidden")}</Said> : null}
      {usage.state === "failed" ? (
        <Said detail={usage.problem && errorWords(usage.problem).title}>{t("pulse.usageFailed")}</Said>
      ) : null}
    </Card>
  );
}

function RequestsNote({ requests: { state, pods, problem } }: { requests: Pulse["requests"] }) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  switch (state) {
    case "live":
      return <Said>{t("pulse.requestsOf", { count: pods })}</Said>;
    case "leftOut":
      return <Said>{t("pulse.requestsLeftOut", { count: pods })}</Said>;
    case "forbidden":
      return <Said>{t("pulse.requestsForbidden")}</Said>;
    case "failed":
      return <Said detail={problem && errorWords(problem).title}>{t("pulse.requestsFailed")}</Said>;
    default:
      return null;
  }
}

function Said({ children, detail }: { children: ReactNode; detail?: string | undefined }) {
  return (
    <p className="pulse-said">
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
    <div className="pulse-bar">
      <span>{what}</span>
      <Progress label={`${name}: ${what}`} fraction={fraction} tone={fraction > 1 ? "bad" : "accent"} />
      <span className="pulse-bar-words">{t("pulse.share", { amount: words, all: show(all), percent })}</span>
    </div>
  );
}
