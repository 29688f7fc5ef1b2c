import { useTranslation } from "react-i18next";
import type { PracticeStatus } from "../../../../common/contract/index.ts";
import { setPracticeOptions, usePractice } from "../../../state/practice.ts";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { useFormat } from "../../../ui/format.ts";
import { NumberInput } from "../../../ui/NumberInput.tsx";
import { RadioCards } from "../../../ui/RadioCards.tsx";

const paces = {
  instant: { min: 0, max: 0 },
  usual: { min: 1000, max: 3000 },
  slow: { min: 8000, max: 20_000 },
} as const;

/** Nodes and the time pods take; a cluster that is there keeps its data, the number of nodes may change. */
export function PracticeOptions({ status }: { status: PracticeStatus | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nodes, podReadyMs } = usePractice((state) => state.options);
  const pace =
    (Object.keys(paces) as (keyof typeof paces)[]).find(
      (key) => paces[key].min === podReadyMs.min && paces[key].max === podReadyMs.max,
    ) ?? "usual";
  return (
    <Disclosure
      title={t("practice.options")}
      aside={`${t("cluster.nodes", { count: nodes })} · ${t(`practice.pace.${pace}`)}`}
    >
      <div className="practice-options">
        <NumberInput
          label={t("practice.nodes")}
          value={nodes}
          min={1}
          max={50}
          onChange={(value) => setPracticeOptions({ nodes: value })}
          description={t("practice.nodesHint")}
        />
        <RadioCards
          label={t("practice.podTime")}
          value={pace}
          onChange={(key) => {
            const chosen = (Object.keys(paces) as (keyof typeof paces)[]).find((candidate) => candidate === key);
            if (chosen) setPracticeOptions({ podReadyMs: paces[chosen] });
          }}
          options={(Object.keys(paces) as (keyof typeof paces)[]).map((key) => ({
            value: key,
            title: t(`practice.pace.${key}`),
            note:
              paces[key].max === 0
                ? t("practice.paceNone")
                : t("practice.paceRange", {
                    min: format.number(paces[key].min / 1000),
                    max: format.number(paces[key].max / 1000),
                  }),
          }))}
        />
        {status?.state === "stopped" ? <p className="hint">{t("practice.keepsData")}</p> : null}
      </div>
    </Disclosure>
  );
}
