import { useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { useTranslation } from "react-i18next";
import { type AppError, toAppError } from "../../../common/contract/index.ts";
import { findContext, useCluster } from "../../state/cluster.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { Folder, Paperclip } from "../../ui/icons.ts";
import { Progress } from "../../ui/Progress.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Select } from "../../ui/Select.tsx";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import type { OpenDialog } from "./dialogs.ts";
import { copyLine } from "./kubectl.ts";
import { titleOf } from "./titles.ts";
import { download, pathOf, type Skipped, save, type TransferProgress, upload } from "./transfer.ts";
import { useFacts } from "./use-facts.ts";

const most = 5_000;

interface Done {
  words: string;
  skipped: Skipped;
}

/** Files out of a container, or into it; through the container's own tar, as kubectl cp does. */
export function CopyFilesDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { there, gone, error: lookError } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const readOnly = useCluster((state) => findContext(state.list, targets[0]?.context)?.options.readOnly ?? false);
  const [direction, setDirection] = useState<"from" | "to">("from");
  const [container, setContainer] = useState<string | undefined>();
  const [path, setPath] = useState("");
  const [folder, setFolder] = useState("/tmp");
  const [files, setFiles] = useState<readonly File[]>([]);
  const [progress, setProgress] = useState<TransferProgress | undefined>();
  const [done, setDone] = useState<Done | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const stop = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const [one] = there;
  const running = one?.facts.containers.filter((known) => known.running) ?? [];
  const chosen = container ?? running.find(({ role }) => role === "main")?.name ?? running[0]?.name;
  // Running tar is no change to the API server, so that only the page keeps files out.
  const refused = readOnly && direction === "to";
  const ready = direction === "from" ? path.trim() !== "" : files.length > 0 && folder.trim() !== "";

  async function begin(): Promise<void> {
    if (!one || chosen === undefined) return;
    const place = { target: one.target, container: chosen };
    const abort = new AbortController();
    stop.current = abort;
    setError(undefined);
    setDone(undefined);
    setProgress({ bytes: 0, total: undefined, name: "" });
    try {
      if (direction === "from") {
        const got = await download(place, path.trim(), abort.signal, setProgress);
        save(got.name, got.data);
        const size = format.bytes(got.data.size);
        setDone({ words: t("actions.copy.got", { name: got.name, size }), skipped: got.skipped });
      } else {
        const put = await upload(place, folder.trim(), files, abort.signal, setProgress);
        setDone({ words: t("actions.copy.put", { count: put.files, size: format.bytes(put.bytes) }), skipped: [] });
      }
    } catch (thrown) {
      const told = thrown instanceof Error && "error" in thrown ? (thrown.error as AppError) : toAppError(thrown);
      if (!abort.signal.aborted) setError(told);
    } finally {
      setProgress(undefined);
    }
  }

  return (
    <ActionDialog
      title={`${titleOf(t, "copy-files")}: ${about}`}
      error={error ?? lookError}
      lines={
        one && chosen ? [copyLine(context, one.target, chosen, direction, direction === "from" ? path : folder)] : []
      }
      confirm={t(direction === "from" ? "actions.copy.download" : "actions.copy.upload")}
      blocked={!ready || refused || chosen === undefined || progress !== undefined}
      onConfirm={() => void begin()}
      more={progress ? <Button onPress={() => stop.current?.abort()}>{t("actions.copy.stop")}</Button> : undefined}
    >
      <Segmented
        label={t("actions.copy.direction")}
        value={direction}
        onChange={(next) => {
          setDirection(next);
          setDone(undefined);
          setError(undefined);
        }}
        options={[
          { value: "from", label: t("actions.copy.from") },
          { value: "to", label: t("actions.copy.to") },
        ]}
      />
      {refused ? <Banner tone="info" title={t("actions.why.readOnly")} /> : null}
      {gone > 0 ? <p role="status">{t("actions.gone", { count: gone })}</p> : null}
      <Select
        label={t("actions.copy.container")}
        value={chosen ?? ""}
        onChange={setContainer}
        options={running.map(({ name }) => ({ value: name, label: name }))}
      />
      {direction === "from" ? (
        <Field
          label={t("actions.copy.path")}
          value={path}
          mono
          placeholder="/etc/hostname"
          onChange={setPath}
          description={t("actions.copy.pathHint")}
        />
      ) : (
        <>
          <div className="action-row">
            <FileTrigger allowsMultiple onSelect={(list) => setFiles([...(list ?? [])].slice(0, most))}>
              <Button icon={<Paperclip aria-hidden />}>{t("actions.copy.files")}</Button>
            </FileTrigger>
            <FileTrigger acceptDirectory onSelect={(list) => setFiles([...(list ?? [])].slice(0, most))}>
              <Button icon={<Folder aria-hidden />}>{t("actions.copy.folder")}</Button>
            </FileTrigger>
            <span className="muted">
              {files.length === 1 && files[0] ? pathOf(files[0]) : t("actions.copy.chosen", { count: files.length })}
            </span>
          </div>
          <Field label={t("actions.copy.into")} value={folder} mono onChange={setFolder} />
        </>
      )}
      {progress ? (
        <div className="action-status" role="status">
          <span>{t("actions.copy.running", { name: progress.name, size: format.bytes(progress.bytes) })}</span>
          <Progress
            label={t("actions.copy.progress")}
            fraction={progress.total ? progress.bytes / progress.total : 0}
          />
        </div>
      ) : null}
      {done ? <p role="status">{done.words}</p> : null}
      {done && done.skipped.length > 0 ? (
        <Banner tone="warn" title={t("actions.copy.skipped", { count: done.skipped.length })}>
          <ul>
            {done.skipped.slice(0, 20).map(({ path: left, reason }) => (
              <li key={left}>
                <span className="mono">{left}</span>: {t(`actions.copy.why.${reason}`)}
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
    </ActionDialog>
  );
}
