import { useTranslation } from "react-i18next";
import type { ContextEntry, KubeconfigFile } from "../../../../common/contract/index.ts";
import { useCluster } from "../../../state/cluster.ts";
import { KubeconfigSection } from "../../../state/connected/KubeconfigSection.tsx";
import { ContextRow } from "./ContextRow.tsx";

/** Kubeconfig files that were looked at, each with its contexts or with what is wrong with it. */
export function ContextFiles() {
  const { t } = useTranslation();
  const list = useCluster((state) => state.list);
  if (!list)
    return (
      <div className="files-loading" role="status">
        {t("common.looking")}
      </div>
    );
  const files = list.files.filter((file) => file.origin !== "practice");
  const shown = files.filter((file) => file.error?.code !== "kubeconfig-missing" || file.origin === "chosen");
  if (shown.length === 0)
    return (
      <div className="empty">
        <b>{t("cluster.none.title")}</b>
        <p>{t("cluster.none.text", { paths: files.map((file) => file.path).join(", ") || "~/.kube/config" })}</p>
      </div>
    );
  return (
    <>
      {shown.map((file) => (
        <File key={file.path} file={file} contexts={list.contexts.filter((context) => context.file === file.path)} />
      ))}
    </>
  );
}

function File({ file, contexts }: { file: KubeconfigFile; contexts: readonly ContextEntry[] }) {
  const { t } = useTranslation();
  return (
    <KubeconfigSection file={file} forget={t("cluster.remove")}>
      {contexts.length === 0 ? null : (
        <ul className="contexts">
          {contexts.map((context) => (
            <ContextRow key={context.id} context={context} />
          ))}
        </ul>
      )}
    </KubeconfigSection>
  );
}
