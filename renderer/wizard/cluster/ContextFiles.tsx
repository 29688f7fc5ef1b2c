import { useTranslation } from "react-i18next";
import type { ContextEntry, KubeconfigFile } from "../../../electron/contract/index.ts";
import { removeKubeconfig, useCluster } from "../../store/cluster.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Tag } from "../../ui/Tag.tsx";
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
    <section className="config-file" aria-label={file.path}>
      <header className="config-head">
        <span className="mono">{file.path}</span>
        <Tag>{t(`cluster.origin.${file.origin}`)}</Tag>
        <span className="grow" />
        {file.origin === "chosen" ? (
          <Button
            size="sm"
            variant="ghost"
            onPress={() => void removeKubeconfig(file.path)}
            aria-label={t("cluster.removeFile", { path: file.path })}
          >
            {t("cluster.remove")}
          </Button>
        ) : null}
      </header>
      {file.error ? (
        <Banner tone="bad" title={file.error.message}>
          {file.error.detail}
        </Banner>
      ) : null}
      {contexts.length > 0 ? (
        <ul className="contexts">
          {contexts.map((context) => (
            <ContextRow key={context.id} context={context} />
          ))}
        </ul>
      ) : file.error ? null : (
        <p className="hint">{t("cluster.noContexts")}</p>
      )}
    </section>
  );
}
