import { useTranslation } from "react-i18next";
import { useDraft } from "../../../state/draft.ts";
import { useFormat } from "../../../ui/format.ts";
import { useErrorWords } from "../../../ui/use-error-words.ts";

/** KF_DIR = BASE_DIR/KF_NAME, whether something is there already, and the room on the disk. */
export function KfDirLine({ kfDir }: { kfDir: string }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const folder = useDraft((state) => state.folder);
  const error = useDraft((state) => state.folderError);
  const known = folder?.path === kfDir ? folder : undefined;
  const facts = known
    ? [
        known.installation
          ? t("settings.folderOurs")
          : known.exists
            ? t("settings.folderEmpty")
            : t("settings.folderNew"),
        known.freeBytes === undefined ? undefined : t("settings.free", { size: format.bytes(known.freeBytes) }),
      ].filter((fact) => fact !== undefined)
    : error
      ? [words(error).title]
      : [];
  return (
    <p className="hint kf-dir">
      KF_DIR = <span className="mono">{kfDir}</span>
      {facts.length > 0 ? ` · ${facts.join(", ")}` : ""}
    </p>
  );
}
