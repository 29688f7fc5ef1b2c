import { useTranslation } from "react-i18next";
import type { ContextEntry } from "../../../common/contract/index.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyLines } from "../../ui/CopyLines.tsx";
import { quoted } from "../../ui/shell.ts";
import { approveAndConnect, leaveContext } from "../cluster.ts";
import "./Approval.css";

/**
 * A kubeconfig can name any program; it runs only after the user has seen exactly what would run. Approved, it connects,
 * unless `approval` says what follows instead.
 */
export function Approval({
  context,
  command,
  approval,
}: {
  context: ContextEntry;
  command: string[];
  approval?: { label: string; run: () => void };
}) {
  const { t } = useTranslation();
  return (
    <div className="approval" role="alert">
      <b>{t("cluster.approve.title")}</b>
      <p>{t("cluster.approve.text", { file: context.file })}</p>
      <CopyLines lines={[command.map(quoted).join(" ")]} label={t("cluster.approve.command")} />
      <div className="confirm-actions">
        <Button variant="primary" onPress={approval?.run ?? (() => void approveAndConnect(context.id, command))}>
          {approval?.label ?? t("cluster.approve.run")}
        </Button>
        {approval ? null : <Button onPress={() => leaveContext(context.id)}>{t("cluster.approve.refuse")}</Button>}
      </div>
    </div>
  );
}
