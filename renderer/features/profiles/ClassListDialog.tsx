import { useCallback, useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { Label } from "react-aria-components/Label";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";
import { useTranslation } from "react-i18next";
import type { AppError, ClassPlan, ClassProgress, ContextId } from "../../../common/contract/index.ts";
import { decodeTable } from "../../../common/text/index.ts";
import { client, settle } from "../../state/client.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { useFormat } from "../../ui/format.ts";
import { Upload } from "../../ui/icons.ts";
import { ClassPlanView } from "./ClassPlanView.tsx";
import { ClassProgressView } from "./ClassProgressView.tsx";

const mostBytes = 1_000_000;
const example = [
  "profile,owner,members,quota",
  "team-a,ann@example.com,teacher@example.com:view,small",
  "team-b,bob@example.com,teacher@example.com:view cy@example.com:edit,cpu=8 memory=32Gi gpu=1",
  "",
].join("\n");

/** A CSV of a class becomes one plan, is looked at, and is then carried out as it was shown. */
export function ClassListDialog({ context, onClose }: { context: ContextId; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [plan, setPlan] = useState<ClassPlan | undefined>();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  const { progress, cancelled, problem, apply, cancel, reset } = useApply(context);

  async function show(list: string): Promise<void> {
    reset();
    setAsking(true);
    const answer = await settle(client().call("profiles.plan", { context, text: list }));
    setAsking(false);
    setPlan(answer.ok ? answer.value : undefined);
    setError(answer.ok ? undefined : answer.error);
  }

  const running = progress?.state === "running" && !cancelled;
  const changing = plan?.rows.filter(({ action }) => action !== "unchanged").length ?? 0;
  const title = t("profiles.class.title");
  if (progress !== undefined || problem !== undefined)
    return (
      <Dialog
        title={title}
        size="lg"
        onClose={running ? () => undefined : onClose}
        footer={
          running ? (
            <Button onPress={cancel}>{t("profiles.class.cancel")}</Button>
          ) : (
            <>
              <Button variant="primary" onPress={onClose}>
                {t("profiles.class.close")}
              </Button>
              {progress?.state === "done" ? null : (
                <Button onPress={() => void show(text)}>{t("profiles.class.plan")}</Button>
              )}
            </>
          )
        }
      >
        {problem ? <ErrorBanner error={problem} /> : null}
        {progress ? <ClassProgressView progress={progress} cancelled={cancelled} /> : null}
      </Dialog>
    );
  if (plan !== undefined)
    return (
      <Dialog
        title={title}
        size="lg"
        onClose={onClose}
        footer={
          <>
            <Button
              variant="primary"
              isDisabled={plan.errors.length > 0 || changing === 0}
              onPress={() => apply(text, plan.digest)}
            >
              {t("profiles.class.apply", { count: changing })}
            </Button>
            <Button onPress={() => setPlan(undefined)}>{t("profiles.class.back")}</Button>
          </>
        }
      >
        <ClassPlanView plan={plan} />
      </Dialog>
    );
  return (
    <Dialog
      title={title}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button variant="primary" isDisabled={asking || text.trim() === ""} onPress={() => void show(text)}>
            {asking ? t("profiles.class.planning") : t("profiles.class.plan")}
          </Button>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
        </>
      }
    >
      <p>{t("profiles.class.text")}</p>
      {error ? <ErrorBanner error={error} /> : null}
      <ListInput
        text={text}
        onText={setText}
        onFile={(list) => {
          setText(list);
          void show(list);
        }}
      />
      <p className="faint">{t("profiles.class.columns")}</p>
    </Dialog>
  );
}

function ListInput({
  text,
  onText,
  onFile,
}: {
  text: string;
  onText: (text: string) => void;
  onFile: (text: string) => void;
}) {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  const [problem, setProblem] = useState<string | undefined>();
  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    // Before anything of it is read.
    if (file.size > mostBytes) return setProblem(t("profiles.class.tooLarge", { size: bytes(file.size) }));
    try {
      const list = decodeTable(new Uint8Array(await file.arrayBuffer()));
      setProblem(undefined);
      onFile(list);
    } catch {
      setProblem(t("profiles.class.unreadable"));
    }
  }
  return (
    <>
      <span className="class-buttons">
        <FileTrigger
          acceptedFileTypes={[".csv", ".tsv", ".txt", "text/csv"]}
          onSelect={(files) => void read(files?.[0])}
        >
          <Button icon={<Upload aria-hidden />}>{t("profiles.class.choose")}</Button>
        </FileTrigger>
        <Button variant="ghost" onPress={() => onText(example)}>
          {t("profiles.class.example")}
        </Button>
      </span>
      {problem ? <Banner tone="bad" title={problem} live /> : null}
      <TextField className="field" value={text} onChange={onText} spellCheck="false" maxLength={mostBytes}>
        <Label className="field-label">{t("profiles.class.paste")}</Label>
        <TextArea className="class-text mono" rows={9} placeholder="profile,owner,members,quota" />
      </TextField>
    </>
  );
}

/** The run of a plan; it ends when it is cancelled, or with the dialog. */
function useApply(context: ContextId) {
  const [progress, setProgress] = useState<ClassProgress | undefined>();
  const [problem, setProblem] = useState<AppError | undefined>();
  const [cancelled, setCancelled] = useState(false);
  const stop = useRef<() => void>(undefined);
  const end = useCallback(() => {
    stop.current?.();
    stop.current = undefined;
  }, []);
  useEffect(() => end, [end]);
  return {
    progress,
    problem,
    cancelled,
    apply(text: string, digest: string) {
      end();
      setCancelled(false);
      stop.current = client().subscribe(
        "profiles.apply",
        { context, text, digest },
        {
          onItem: (item) => {
            setProgress(item);
            // A stream that ended is not to be begun anew by a connection that comes back.
            if (item.state !== "running") end();
          },
          onError: setProblem,
        },
      );
    },
    cancel() {
      end();
      setCancelled(true);
    },
    reset() {
      end();
      setProgress(undefined);
      setProblem(undefined);
      setCancelled(false);
    },
  };
}
