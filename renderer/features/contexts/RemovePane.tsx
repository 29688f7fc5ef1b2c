import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextRemoval } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { removeContext } from "./edits.ts";
import type { WritingPaneProps } from "./RenamePane.tsx";

/** Says what will be taken out of which file, and where the copy goes, before it is done. */
export function RemovePane({ context, onDone, onClose }: WritingPaneProps) {
  const { t } = useTranslation();
  const [removal, setRemoval] = useState<ContextRemoval>();
  const [error, setError] = useState<AppError>();
  useEffect(() => {
    let shown = true;
    settle(client().call("contexts.removal", { context: context.id })).then(
      (answer) => {
        if (!shown) return;
        if (answer.ok) setRemoval(answer.value);
        else setError(answer.error);
      },
      () => undefined, // settled: it gives its failure
    );
    return () => {
      shown = false;
    };
  }, [context.id]);
  if (error) return <ErrorBanner error={error} />;
  if (!removal) return <p role="status">{t("common.looking")}</p>;
  return (
    <ConfirmPane
      title={t("contexts.removeThis", { name: context.name })}
      confirm={t("contexts.removeIt")}
      keep={t("common.keep")}
      onKeep={onClose}
      onConfirm={() => {
        removeContext(context).then(
          (answer) => ("backups" in answer ? onDone(answer.backups) : setError(answer)),
          () => undefined, // it gives its failure
        );
      }}
    >
      <ul className="clusters-removal">
        <li>{t("contexts.removalFile", { file: removal.file })}</li>
        {removal.cluster ? <li>{t("contexts.removalCluster", { name: removal.cluster })}</li> : null}
        {removal.user ? <li>{t("contexts.removalUser", { name: removal.user })}</li> : null}
        {removal.current ? <li>{t("contexts.removalCurrent")}</li> : null}
        <li>{t("contexts.removalBackup", { folder: removal.folder })}</li>
        <li>{t("contexts.removalStays")}</li>
      </ul>
    </ConfirmPane>
  );
}
