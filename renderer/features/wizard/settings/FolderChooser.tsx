import { useEffect, useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { useTranslation } from "react-i18next";
import type { AppError, FolderInfo } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { CornerLeftUp, Folder } from "../../../ui/icons.ts";

export interface FolderChooserProps {
  start: string;
  onChoose: (path: string) => void;
  onClose: () => void;
}

/** Walks through folders in place, below the field it fills. */
export function FolderChooser({ start, onChoose, onClose }: FolderChooserProps) {
  const { t } = useTranslation();
  const [path, setPath] = useState(start === "" ? "/" : start);
  const [folder, setFolder] = useState<FolderInfo | undefined>(undefined);
  const [error, setError] = useState<AppError | undefined>(undefined);
  useEffect(() => {
    let stale = false;
    settle(client().call("folder.inspect", { path })).then(
      (answer) => {
        if (stale) return;
        if (answer.ok) setFolder(answer.value);
        setError(answer.ok ? undefined : answer.error);
      },
      () => undefined,
    ); // settle turns failures into values
    return () => {
      stale = true;
    };
  }, [path]);
  const parent = folder?.parent;
  return (
    <section className="folder-chooser" aria-label={t("settings.chooser.title")}>
      <header>
        <Button
          size="sm"
          variant="ghost"
          icon={<CornerLeftUp aria-hidden />}
          isDisabled={parent === undefined}
          onPress={() => parent !== undefined && setPath(parent)}
        >
          {t("settings.chooser.up")}
        </Button>
        <span className="mono">{folder?.path ?? path}</span>
      </header>
      {error ? <ErrorBanner error={error} /> : null}
      <ListBox
        className="folder-list"
        aria-label={t("settings.chooser.folders")}
        items={(folder?.folders ?? []).map((name) => ({ id: name }))}
        onAction={(name) => setPath(`${(folder?.path ?? path).replace(/\/+$/, "")}/${name}`)}
        renderEmptyState={() => (
          <p className="hint folder-empty">{folder ? t("settings.chooser.empty") : t("common.looking")}</p>
        )}
      >
        {(item) => (
          <ListBoxItem className="folder-item" textValue={item.id}>
            <Folder aria-hidden size={14} />
            {item.id}
          </ListBoxItem>
        )}
      </ListBox>
      <footer>
        <Button
          size="sm"
          variant="primary"
          isDisabled={folder === undefined || !folder.exists}
          onPress={() => folder && onChoose(folder.path)}
        >
          {t("settings.chooser.use")}
        </Button>
        <Button size="sm" onPress={onClose}>
          {t("common.cancel")}
        </Button>
        {folder && !folder.writable ? <span className="hint">{t("settings.problem.folder-not-writable")}</span> : null}
      </footer>
    </section>
  );
}
