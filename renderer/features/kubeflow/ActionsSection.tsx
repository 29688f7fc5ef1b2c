import { useTranslation } from "react-i18next";
import type { ContextId, InstalledView } from "../../../common/contract/index.ts";
import { go } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { Copy, List, SlidersHorizontal, Trash2 } from "../../ui/icons.ts";
import { useCopy } from "../../ui/use-copy.ts";
import { open } from "./open-installation.ts";

/** What can be done with it; each leads to where that is asked and shown. */
export function ActionsSection({ view, context }: { view: InstalledView; context: ContextId }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const { kfDir, origin, components } = view;
  const own = origin === "here" ? kfDir : undefined;
  const namespaces = [...new Set(components.flatMap((component) => component.namespaces))].sort();
  return (
    <section>
      <h2>{t("kubeflow.actions")}</h2>
      <div className="kubeflow-actions">
        {own === undefined ? null : (
          <Button variant="ghost" icon={<SlidersHorizontal aria-hidden />} onPress={() => open(own, "settings")}>
            {t("kubeflow.changeIt")}
          </Button>
        )}
        <Button
          variant="ghost"
          icon={<List aria-hidden />}
          onPress={() => go({ place: "browse", context, resource: "deployments.apps", namespaces })}
        >
          {t("kubeflow.browseIt")}
        </Button>
        {own === undefined ? null : (
          <>
            <Button variant="ghost" icon={<Copy aria-hidden />} onPress={() => copy(own)}>
              {t(copied ? "kubeflow.copied" : "kubeflow.copyFolder")}
            </Button>
            <Button variant="ghost" icon={<Trash2 aria-hidden />} onPress={() => open(own, "done")}>
              {t("kubeflow.uninstall")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
