import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { useTranslation } from "react-i18next";
import type { CloudCluster, CloudView } from "../../../../common/contract/index.ts";
import { Button } from "../../../ui/Button.tsx";
import { TooOld } from "./TooOld.tsx";

export interface ClusterListProps {
  cloud: CloudView;
  selected: CloudCluster | undefined;
  onSelect: (key: string) => void;
  onDelete: (cluster: CloudCluster) => void;
}

export function keyOf({ region, name }: CloudCluster): string {
  return `${region}/${name}`;
}

/** The clusters that were found, one of them selected. */
export function ClusterList({ cloud, selected, onSelect, onDelete }: ClusterListProps) {
  const { t } = useTranslation();
  return (
    <>
      <h2 className="platform-label">{t("platforms.clusters.title")}</h2>
      {cloud.clusters.length === 0 ? (
        <p className="faint" role="status">
          {cloud.state === "looking" ? t("platforms.found.asking") : t("platforms.clusters.none")}
        </p>
      ) : (
        <RadioGroup
          className="platform-clusters"
          aria-label={t("platforms.clusters.title")}
          value={selected === undefined ? null : keyOf(selected)}
          onChange={onSelect}
        >
          {cloud.clusters.map((cluster) => {
            const count = (cluster.pools ?? []).reduce((sum, pool) => sum + pool.count, 0);
            return (
              <Radio key={keyOf(cluster)} value={keyOf(cluster)} className="platform-choice">
                <b>{cluster.name}</b>
                <small>
                  {[
                    cluster.region,
                    cluster.version,
                    cluster.pools ? t("platforms.clusters.nodes", { count }) : undefined,
                    cluster.made ? t("platforms.clusters.made") : undefined,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
                <TooOld version={cluster.version} />
              </Radio>
            );
          })}
        </RadioGroup>
      )}
      {selected?.made ? (
        <Button size="sm" variant="ghost" onPress={() => onDelete(selected)}>
          {t("platforms.clusters.delete")}
        </Button>
      ) : null}
    </>
  );
}
