import { useTranslation } from "react-i18next";
import { useDraft } from "../../../state/draft.ts";
import { useFormat } from "../../../ui/format.ts";
import { useErrorWords } from "../../../ui/use-error-words.ts";

/** KF_DIR = BASE_DIR/KF_NAME, whether something is there already, and the room on the disk. */
export function KfDirLine() {
  const words = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const folder = useDraft((state) => state.folder);
  const error = useDraft((state) => state.folderError);
  const facts = folder
    ? [
        folder.installation
          ? t("settings.folderOurs")
          : folder.exists
            ? t("settings.folderEmpty")
            : t("settings.folderNew"),
        folder.freeBytes === undefined ? undefined : t("settings.free", { size: format.bytes(folder.freeBytes) }),
      ].filter((fact) => fact !== undefined)
    : error
      ? [words(error).title]
      : [];
  return (
    <p className="hint kf-dir">
      KF_DIR = <span className="mono">{folder?.path ?? "…"}</span>
      {facts.length > 0 ? ` · ${facts.join(", ")}` : ""}
    </p>
  );
}
