import { useTranslation } from "react-i18next";
import type { Forward } from "../../../common/contract/index.ts";
import { ExternalLink } from "../../ui/icons.ts";

/** Opens a forwarded port in the browser. */
export function OpenLink({ forward, primary = false }: { forward: Forward; primary?: boolean }) {
  const { t } = useTranslation();
  return (
    <a
      className={`button button-sm ${primary ? "button-primary" : "button-default"}`}
      href={forward.url}
      target="_blank"
      rel="noreferrer"
    >
      <ExternalLink aria-hidden />
      <span>{t("forwards.open")}</span>
      <span className="sr-only">{forward.url}</span>
    </a>
  );
}
