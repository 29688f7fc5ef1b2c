import { useTranslation } from "react-i18next";
import type { ContextEntry } from "../../../electron/contract/index.ts";
import { approveAndConnect, connect, leaveContext, useCluster } from "../../store/cluster.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyLines } from "../../ui/CopyLines.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { quoted } from "../../ui/shell.ts";
import { Tag } from "../../ui/Tag.tsx";
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

/** A kubeconfig can name any program; it runs only after the user has seen exactly what would run. */
function Approval({ context, command }: { context: ContextEntry; command: string[] }) {
  const { t } = useTranslation();
  return (
    <div className="approval" role="alert">
      <b>{t("cluster.approve.title")}</b>
      <p>{t("cluster.approve.text", { file: context.file })}</p>
      <CopyLines lines={[command.map(quoted).join(" ")]} label={t("cluster.approve.command")} />
      <div className="confirm-actions">
        <Button variant="primary" onPress={() => void approveAndConnect(context.id, command)}>
          {t("cluster.approve.run")}
        </Button>
        <Button onPress={() => leaveContext(context.id)}>{t("cluster.approve.refuse")}</Button>
      </div>
    </div>
  );
}
