import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../../common/contract/index.ts";
import { Button } from "../../../ui/Button.tsx";
import { ImagesDialog } from "./ImagesDialog.tsx";

/** From which registries the installation pulls its images. */
export function ImagesSection({ kfDir, context }: { kfDir: string | undefined; context: ContextId }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <section>
      <h2>{t("registries.title")}</h2>
      <p className="muted">{t("registries.about")}</p>
      <Button size="sm" onPress={() => setOpen(true)}>
        {t("registries.open")}
      </Button>
      {isOpen ? <ImagesDialog kfDir={kfDir} context={context} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}
