import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextEntry, KubeconfigFile } from "../../../common/contract/index.ts";
import { useCluster } from "../../state/cluster.ts";
import { AddFile } from "../../state/connected/AddFile.tsx";
import { KubeconfigSection } from "../../state/connected/KubeconfigSection.tsx";
import { goStep } from "../../state/route.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ContextRow } from "./ContextRow.tsx";
import "./Clusters.css";

/** Every context of this machine, by its kubeconfig file: what Flowdeck keeps about it, and what it writes to the file. */
export function Clusters() {
  const { t } = useTranslation();
  const list = useCluster((state) => state.list);
  const listError = useCluster((state) => state.listError);
  const [written, setWritten] = useState<readonly string[]>([]);
  const files = (list?.files ?? []).filter(
    (file) => file.error?.code !== "kubeconfig-missing" || file.origin === "chosen",
  );
  return (
    <div className="clusters">
      <header className="clusters-head">
        <h1>{t("contexts.title")}</h1>
        <p>{t("contexts.intro")}</p>
      </header>
      {listError ? <ErrorBanner error={listError} /> : null}
      {written.length > 0 ? (
        <Banner
          tone="info"
          live
          title={t("contexts.written")}
          actions={<Button onPress={() => setWritten([])}>{t("contexts.gotIt")}</Button>}
        >
          {t("contexts.backedUp", { files: written.join("\n") })}
        </Banner>
      ) : null}
      {list === undefined ? <p role="status">{t("common.looking")}</p> : null}
      {list !== undefined && files.length === 0 ? (
        <div className="empty-box">
          <p>{t("contexts.none")}</p>
          <Button variant="primary" onPress={() => goStep("cluster")}>
            {t("contexts.toPractice")}
          </Button>
        </div>
      ) : null}
      {files.map((file) => (
        <FileTable
          key={file.path}
          file={file}
          contexts={(list?.contexts ?? []).filter((context) => context.file === file.path)}
          onWritten={setWritten}
        />
      ))}
      <AddFile />
    </div>
  );
}

interface FileTableProps {
  file: KubeconfigFile;
  contexts: readonly ContextEntry[];
  onWritten: (backups: readonly string[]) => void;
}

function FileTable({ file, contexts, onWritten }: FileTableProps) {
  const { t } = useTranslation();
  return (
    <KubeconfigSection file={file} forget={t("contexts.forgetFile")}>
      {contexts.length === 0 ? null : (
        <table className="clusters-table">
          <thead>
            <tr>
              <th scope="col">{t("contexts.column.name")}</th>
              <th scope="col">{t("contexts.column.server")}</th>
              <th scope="col">{t("contexts.column.user")}</th>
              <th scope="col">{t("contexts.column.state")}</th>
              <th scope="col">{t("contexts.column.colour")}</th>
              <th scope="col">{t("contexts.column.readOnly")}</th>
              <th scope="col">
                <span className="sr-only">{t("contexts.column.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {contexts.map((context) => (
              <ContextRow key={context.id} context={context} origin={file.origin} onWritten={onWritten} />
            ))}
          </tbody>
        </table>
      )}
    </KubeconfigSection>
  );
}
