import { useTranslation } from "react-i18next";
import {
  type CloudCluster,
  fitOfCluster,
  fitOfPool,
  type NodeFit,
  type NodeNeeds,
  type NodePool,
  needsOf,
} from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useDraft } from "../../../state/draft.ts";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { useFormat } from "../../../ui/format.ts";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { Tag, type Tone } from "../../../ui/Tag.tsx";
import { currentRelease } from "../current-step.ts";

const tones: Record<NodeFit["verdict"], { tone: Tone; sign: string }> = {
  fits: { tone: "ok", sign: "✓" },
  tight: { tone: "warn", sign: "△" },
  "too-small": { tone: "warn", sign: "△" },
  unsuitable: { tone: "bad", sign: "!" },
};

/** The node pools of a cluster, held against what the release needs. */
export function NodePools({ cluster }: { cluster: CloudCluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const release = useDraft((draft) => currentRelease(draft));
  const needs = release && needsOf(release);
  const { pools, problem, name, version } = cluster;
  return (
    <div className="platform-part">
      <div className="choice-head">
        <h2 className="platform-label">{t("platforms.pools.title", { name })}</h2>
        {release && needs ? (
          <small className="faint">
            {t("platforms.pools.needs", {
              release: release.title[language],
              cpu: format.number(needs.cpu),
              memory: format.bytes(needs.memoryBytes),
              pods: needs.pods,
            })}
          </small>
        ) : null}
      </div>
      {problem ? <ErrorBanner error={problem} tone="warn" /> : null}
      {pools === undefined ? (
        problem ? null : (
          <p className="faint" role="status">
            {t("platforms.pools.loading")}
          </p>
        )
      ) : pools.length === 0 ? (
        <p className="faint">{t("platforms.pools.none")}</p>
      ) : (
        <>
          {needs ? <Verdict fit={fitOfCluster(pools, needs, version || undefined)} /> : null}
          <PoolTable pools={pools} needs={needs} name={name} />
        </>
      )}
    </div>
  );
}

function PoolTable({ pools, needs, name }: { pools: readonly NodePool[]; needs: NodeNeeds | undefined; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ScrollRegion className="platform-pools" label={t("platforms.pools.title", { name })}>
      <table>
        <thead>
          <tr>
            <th>{t("platforms.pools.name")}</th>
            <th>{t("platforms.pools.architecture")}</th>
            <th>{t("platforms.pools.capacity")}</th>
            {needs ? <th>{t("platforms.pools.uses")}</th> : null}
            {needs ? <th>{t("platforms.pools.verdict")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {pools.map((pool) => {
            const fit = needs && pool.cpu > 0 ? fitOfPool(pool, needs) : undefined;
            const all = pool.cpu * pool.count;
            const uses = needs && fit?.verdict !== "unsuitable" && pool.gpus === 0 ? Math.min(needs.cpu, all) : 0;
            const range = pool.min === undefined || pool.max === undefined ? pool.count : `${pool.min}–${pool.max}`;
            const amounts = { cpu: format.number(pool.cpu), memory: format.bytes(pool.memoryBytes) };
            return (
              <tr key={pool.name}>
                <td>
                  <b>{pool.name}</b>
                  <small>
                    {range} × {pool.instanceType ?? t("platforms.pools.unknown")}
                  </small>
                </td>
                <td className="mono">{pool.architecture}</td>
                <td>
                  {pool.cpu === 0
                    ? t("platforms.pools.unknown")
                    : pool.gpus > 0
                      ? t("platforms.pools.eachGpus", { ...amounts, gpus: pool.gpus })
                      : t("platforms.pools.each", amounts)}
                </td>
                {needs ? (
                  <td>
                    <span className="platform-lane" aria-hidden>
                      <i className="platform-lane-used" style={{ width: `${all > 0 ? (uses / all) * 100 : 0}%` }} />
                    </span>
                    <small>{t("platforms.pools.usesCpu", { cpu: format.number(uses), all: format.number(all) })}</small>
                  </td>
                ) : null}
                {needs ? <td>{fit ? <Verdict fit={fit} /> : t("platforms.pools.unknown")}</td> : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Verdict({ fit: { verdict, because } }: { fit: NodeFit }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { tone, sign } = tones[verdict];
  return (
    <div className="platform-verdict">
      <Tag tone={tone} sign={sign}>
        {t(`platforms.pools.${verdict}`)}
      </Tag>
      <small>{textOf(because, language)}</small>
    </div>
  );
}
