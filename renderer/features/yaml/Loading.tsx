import { useTranslation } from "react-i18next";
import { LoaderCircle } from "../../ui/icons.ts";

/** While the editor, the text or a schema is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <p className="yaml-loading" role="status">
      <LoaderCircle aria-hidden className="spin" size={14} /> {t("yaml.loading")}
    </p>
  );
}
