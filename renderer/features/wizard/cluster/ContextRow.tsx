import { useTranslation } from "react-i18next";
import type { ContextEntry } from "../../../../common/contract/index.ts";
import { connect, leaveContext, useCluster } from "../../../state/cluster.ts";
import { Approval } from "../../../state/connected/Approval.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import { ClusterFacts } from "./ClusterFacts.tsx";

/** One context: where it leads and as whom; choosing it is what contacts the cluster. */
export function ContextRow({ context }: { context: ContextEntry }) {
  const { t } = useTranslation();
  const cluster = useCluster();
  const chosen = cluster.chosen === context.id;
  const connecting = chosen && cluster.state === "connecting";
  const error = chosen ? cluster.error : undefined;
  return (
    <li className={chosen ? "choice choice-on" : "choice"} {...(chosen ? { "aria-current": true } : {})}>
      <div className="choice-head">
        <h3 className="context-name">{context.name}</h3>
        {context.current ? <Tag>{t("cluster.current")}</Tag> : null}
        {chosen && cluster.state === "connected" ? (
          <Tag tone="ok" sign="✓">
            {t("cluster.state.connected")}
          </Tag>
        ) : null}
        <span className="grow" />
        {chosen && !error ? (
          connecting ? (
            <Button size="sm" variant="ghost" onPress={() => leaveContext()}>
              {t("common.cancel")}
            </Button>
          ) : null
        ) : (
          <Button
            size="sm"
            isDisabled={context.error !== undefined}
            onPress={() => void connect(context.id)}
            aria-label={`${t(error ? "common.again" : "cluster.use")}: ${context.name}`}
          >
            {t(error ? "common.again" : "cluster.use")}
          </Button>
        )}
      </div>
      <p className="context-line">
        <span className="mono">{context.server}</span>
        <span>{t("cluster.as", { user: context.user })}</span>
        <span>{t(`cluster.auth.${context.auth}`)}</span>
      </p>
      {context.error ? <ErrorBanner error={context.error} /> : null}
      {error?.code === "exec-needs-approval" && context.execCommand ? (
        <Approval context={context} command={context.execCommand} />
      ) : error ? (
        <ErrorBanner error={error} />
      ) : null}
      {chosen && !error ? <ClusterFacts /> : null}
    </li>
  );
}
