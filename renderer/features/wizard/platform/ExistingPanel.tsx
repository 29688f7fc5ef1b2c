import { useTranslation } from "react-i18next";
import { useCluster } from "../../../state/cluster.ts";
import { AddFile } from "../../../state/connected/AddFile.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { ContextFiles } from "../cluster/ContextFiles.tsx";

/** The contexts of this computer's kubeconfigs; choosing one is what contacts its cluster. */
export function ExistingPanel() {
  const { t } = useTranslation();
  const error = useCluster(({ listError }) => listError);
  return (
    <section className="cluster-own" aria-labelledby="own-clusters">
      <h2 className="cluster-title" id="own-clusters">
        {t("cluster.own")}
      </h2>
      {error ? <ErrorBanner error={error} /> : null}
      <ContextFiles />
      <AddFile />
    </section>
  );
}
