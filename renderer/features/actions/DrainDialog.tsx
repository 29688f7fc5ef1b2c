import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AppError, type DrainOptions, type DrainPod, drainOptions } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useCall } from "../../state/use-call.ts";
import { Banner } from "../../ui/Banner.tsx";
import { CheckLine } from "../../ui/CheckLine.tsx";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { Field } from "../../ui/Field.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { drainLine } from "./kubectl.ts";
import { titleOf } from "./titles.ts";

const switches = ["ignoreDaemonSets", "deleteEmptyDirData", "force", "disableEviction"] as const;
const numbers = ["gracePeriodSeconds", "timeoutSeconds", "skipWaitForDeleteTimeoutSeconds"] as const;
type Numbers = Readonly<Record<(typeof numbers)[number], string>>;

/** Whole seconds, or nothing; undefined when it is neither. */
export function secondsOf(typed: string, least: number): number | null | undefined {
  if (typed.trim() === "") return null;
  const value = Number(typed);
  return Number.isInteger(value) && value >= least && value <= 1_000_000 ? value : undefined;
}

/** Empties nodes: what would go is shown first, with what is in the way. */
export function DrainDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const about = useAbout(targets);
  const [first] = targets;
  const context = useContextName(first?.context);
  const nodes = targets.map(({ name }) => name);
  const [options, setOptions] = useState<DrainOptions>(drainOptions.parse({}));
  const [typed, setTyped] = useState<Numbers>({
    gracePeriodSeconds: "",
    timeoutSeconds: "",
    skipWaitForDeleteTimeoutSeconds: "",
  });
  const [error, setError] = useState<AppError | undefined>();
  const [busy, setBusy] = useState(false);
  const parsed = {
    gracePeriodSeconds: secondsOf(typed.gracePeriodSeconds, 0),
    timeoutSeconds: secondsOf(typed.timeoutSeconds, 1),
    skipWaitForDeleteTimeoutSeconds: secondsOf(typed.skipWaitForDeleteTimeoutSeconds, 0),
  };
  const wrong = numbers.some((name) => parsed[name] === undefined);
  const chosen: DrainOptions = {
    ...options,
    ...(typeof parsed.gracePeriodSeconds === "number" ? { gracePeriodSeconds: parsed.gracePeriodSeconds } : {}),
    ...(typeof parsed.timeoutSeconds === "number" ? { timeoutSeconds: parsed.timeoutSeconds } : {}),
    skipWaitForDeleteTimeoutSeconds: parsed.skipWaitForDeleteTimeoutSeconds ?? 0,
  };
  const input = first && !wrong ? { context: first.context, nodes, options: chosen } : undefined;
  const plan = useCall("drain.plan", input);
  const pods = plan.value?.pods ?? [];
  const blocking = pods.filter(({ outcome }) => outcome === "block");
  const going = pods.filter(({ outcome }) => outcome === "go");
  async function begin(): Promise<void> {
    if (!input) return;
    setBusy(true);
    const answer = await settle(client().call("drain.start", input));
    setBusy(false);
    if (answer.ok) closeActionDialog();
    else setError(answer.error);
  }
  return (
    <ActionDialog
      title={`${titleOf(t, "drain")}: ${about}`}
      size="lg"
      danger
      busy={busy}
      error={error ?? plan.error}
      lines={wrong ? [] : [drainLine(context, nodes, chosen)]}
      confirm={t("actions.drain.confirm", { count: going.length })}
      blocked={plan.value === undefined || blocking.length > 0 || wrong}
      onConfirm={() => void begin()}
    >
      <p>{t("actions.drain.will")}</p>
      <div className="action-checks">
        {switches.map((name) => (
          <CheckLine
            key={name}
            isSelected={options[name]}
            onChange={(on) => setOptions((known) => ({ ...known, [name]: on }))}
          >
            {t(`actions.drain.${name}`)}
          </CheckLine>
        ))}
      </div>
      <Disclosure title={t("actions.drain.more")}>
        <div className="action-grid">
          {numbers.map((name) => (
            <Field
              key={name}
              label={t(`actions.drain.${name}`)}
              value={typed[name]}
              onChange={(value) => setTyped((known) => ({ ...known, [name]: value }))}
              placeholder={t(`actions.drain.${name}Empty`)}
              error={parsed[name] === undefined ? t("actions.drain.badSeconds") : undefined}
            />
          ))}
          <Field
            label={t("actions.drain.podSelector")}
            value={options.podSelector}
            mono
            placeholder="app=web"
            onChange={(podSelector) => setOptions((known) => ({ ...known, podSelector }))}
          />
        </div>
      </Disclosure>
      {plan.asking ? <p role="status">{t("common.looking")}</p> : null}
      {blocking.length > 0 ? (
        <Banner tone="bad" title={t("actions.drain.blocked", { count: blocking.length })}>
          {t("actions.drain.blockedWhy")}
        </Banner>
      ) : null}
      {plan.value ? <PlanList pods={pods} /> : null}
    </ActionDialog>
  );
}

const tones: Readonly<Record<DrainPod["outcome"], Tone>> = { go: "run", stay: "idle", block: "bad" };
const order: Readonly<Record<DrainPod["outcome"], number>> = { block: 0, go: 1, stay: 2 };

function PlanList({ pods }: { pods: readonly DrainPod[] }) {
  const { t } = useTranslation();
  if (pods.length === 0) return <p>{t("actions.drain.empty")}</p>;
  const sorted = pods.toSorted((a, b) => order[a.outcome] - order[b.outcome]);
  return (
    <ScrollRegion className="action-scroll" label={t("actions.drain.pods")}>
      <table className="action-table">
        <tbody>
          {sorted.map((pod) => (
            <tr key={pod.uid}>
              <td>
                <Tag tone={tones[pod.outcome]}>{t(`actions.drain.outcome.${pod.outcome}`)}</Tag>
              </td>
              <th scope="row" className="mono">
                <span className="faint">{pod.namespace}/</span>
                {pod.name}
              </th>
              <td>
                {pod.reason ? t(`actions.drain.reason.${pod.reason}`) : null}
                {pod.budgets.map(({ name, allowed }) => (
                  <div key={name} className={allowed === 0 ? "action-warn" : "faint"}>
                    {t("actions.drain.budget", { name, count: allowed })}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
