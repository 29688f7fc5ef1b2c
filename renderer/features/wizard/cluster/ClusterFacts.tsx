import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCluster } from "../../../state/cluster.ts";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { useFormat } from "../../../ui/format.ts";
import { Tag } from "../../../ui/Tag.tsx";

/** What connecting found out about the chosen cluster. */
export function ClusterFacts() {
  const { t } = useTranslation();
  const format = useFormat();
  const { info, state } = useCluster();
  if (!info)
    return state === "connecting" ? (
      <div className="facts facts-loading" role="status">
        {t("cluster.connecting")}
      </div>
    ) : null;
  const { nodes, allocatable } = info;
  const allReady = nodes !== undefined && nodes.ready === nodes.total;
  return (
    <div className="facts-block">
      <dl className="facts">
        <Fact name={t("cluster.fact.version")}>
          {info.version}{" "}
          {info.supported ? null : (
            <Tag tone="warn" sign="△">
              {t("cluster.unsupported")}
            </Tag>
          )}
        </Fact>
        <Fact name={t("cluster.fact.answer")}>
          <span className="good" aria-hidden>
            ✓
          </span>{" "}
          {t("cluster.answers", { ms: Math.round(info.latencyMs) })}
        </Fact>
        {nodes ? (
          <Fact name={t("cluster.fact.nodes")}>
            <span className={allReady ? "good" : "poor"} aria-hidden>
              {allReady ? "✓" : "△"}
            </span>{" "}
            {t("cluster.ready", { ready: nodes.ready, total: nodes.total })}
          </Fact>
        ) : null}
        {allocatable ? (
          <Fact name={t("cluster.fact.room")}>
            {t("cluster.room", {
              cpu: format.cpu(allocatable.cpu),
              memory: format.bytes(allocatable.memoryBytes),
              pods: format.number(allocatable.pods),
            })}
          </Fact>
        ) : null}
        <Fact name={t("cluster.fact.storage")}>
          {info.defaultStorageClass ? (
            <>
              <span className="good" aria-hidden>
                ✓
              </span>{" "}
              {info.defaultStorageClass}
            </>
          ) : (
            <>
              <span className="poor" aria-hidden>
                △
              </span>{" "}
              {t("cluster.noStorage")}
            </>
          )}
        </Fact>
        <Fact name={t("cluster.fact.rights")}>
          <span className={info.canInstall ? "good" : "poor"} aria-hidden>
            {info.canInstall ? "✓" : "△"}
          </span>{" "}
          {info.canInstall
            ? t("cluster.canInstall")
            : info.missing.length > 0
              ? t("cluster.missing", { missing: info.missing.join(", ") })
              : t("contexts.readOnly")}
        </Fact>
      </dl>
      {info.warnings.map((warning) => (
        <ErrorBanner key={warning.message} error={warning} tone="warn" />
      ))}
      {info.practice ? <p className="hint">{t("practice.simulated")}</p> : null}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
