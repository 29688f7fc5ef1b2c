import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../../../common/contract/index.ts";
import { useCluster } from "../../../state/cluster.ts";
import { useFormat } from "../../../ui/format.ts";

/** The whole plan in a line of figures, against the room the cluster has. */
export function Totals({ summary }: { summary: PlanSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const info = useCluster((state) => state.info);
  const room = info?.context === summary.context || info?.name === summary.context ? info?.allocatable : undefined;
  const { totals } = summary;
  const of = (text: string | undefined) => (text === undefined ? undefined : t("plan.ofRoom", { room: text }));
  const tiles: { id: string; value: string; name: string; note: string | undefined }[] = [
    {
      id: "objects",
      value: format.number(totals.objects),
      name: t("plan.total.objects"),
      note: t("plan.crds", { count: totals.customResourceDefinitions }),
    },
    { id: "images", value: format.number(totals.images), name: t("plan.total.images"), note: undefined },
    {
      id: "pods",
      value: format.number(totals.pods),
      name: t("plan.total.pods"),
      note: of(room && format.number(room.pods)),
    },
    {
      id: "cpu",
      value: format.cpu(totals.cpu),
      name: t("plan.total.cpu"),
      note: of(room && format.cpu(room.cpu)),
    },
    {
      id: "memory",
      value: format.bytes(totals.memoryBytes),
      name: t("plan.total.memory"),
      note: of(room && format.bytes(room.memoryBytes)),
    },
    {
      id: "storage",
      value: format.bytes(totals.storageBytes),
      name: t("plan.total.storage"),
      note: info?.defaultStorageClass,
    },
  ];
  return (
    <dl className="totals">
      {tiles.map((tile) => (
        <div key={tile.id} className="total">
          <dt>{tile.name}</dt>
          <dd>
            <b>{tile.value}</b>
            {tile.note ? <small>{tile.note}</small> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
