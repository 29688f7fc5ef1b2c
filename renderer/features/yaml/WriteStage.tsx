import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useObject } from "../../state/object.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { shortcut } from "../../ui/shortcut.ts";
import type { ListedProblem } from "../../ui/yaml/checks.ts";
import { type EditorHandle, YamlEditor } from "../../ui/yaml/YamlEditor.tsx";
import { Clashes } from "./Clashes.tsx";
import { ProblemList } from "./ProblemList.tsx";
import type { StageProps } from "./ReadStage.tsx";
import { isStillAs } from "./same-object.ts";
import { discard, type EditSession, isChanged, rebase, review, write } from "./sessions.ts";

const none: never[] = [];

/** The text being changed: with the schema's help, and what the API server has against it. */
export function WriteStage({
  target,
  schema,
  onExplain,
  session,
  sessionId,
}: StageProps & { session: EditSession; sessionId: string }) {
  const { t } = useTranslation();
  const editor = useRef<EditorHandle>(null);
  const [problems, setProblems] = useState<ListedProblem[]>([]);
  const [leaving, setLeaving] = useState(false);
  const { object, deleted } = useObject(target);
  const changed = isChanged(session);
  const movedOn = object !== undefined && !deleted && !isStillAs(object, session.base);
  const { outcome } = session;
  const clashes = outcome?.moved?.clashes.length ? outcome.moved : undefined;
  const about = session.checked === session.text ? (outcome?.problems ?? none) : none;

  const version = session.base.resourceVersion;
  // biome-ignore lint/correctness/useExhaustiveDependencies: put onto another version, writing goes on
  useEffect(() => editor.current?.focus(), [version]);
  // A draft outlives a reload, but for that of a Secret.
  useEffect(() => {
    if (!changed || !session.base.masked) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [changed, session.base.masked]);

  if (leaving) {
    return (
      <ConfirmPane
        title={t("yaml.discardTitle")}
        confirm={t("yaml.discard")}
        keep={t("yaml.keepWriting")}
        onConfirm={() => discard(sessionId)}
        onKeep={() => setLeaving(false)}
      >
        <p>{t("yaml.discardNote", { name: target.name })}</p>
      </ConfirmPane>
    );
  }
  return (
    <>
      <div className="yaml-bar">
        <Button
          size="sm"
          variant="primary"
          isDisabled={!changed}
          onPress={() => void review(sessionId)}
          after={<Kbd>{shortcut("S")}</Kbd>}
        >
          {session.busy === "checking" ? t("yaml.checking") : t("yaml.review")}
        </Button>
        <Button size="sm" onPress={() => (changed ? setLeaving(true) : discard(sessionId))}>
          {t("yaml.cancel")}
        </Button>
        <Button size="sm" variant="ghost" onPress={() => onExplain([])}>
          {t("yaml.explain")}
        </Button>
      </div>
      {session.error ? <ErrorBanner error={session.error} /> : null}
      {clashes ? (
        <Clashes moved={clashes} busy={session.busy !== undefined} onChoose={(side) => void rebase(sessionId, side)} />
      ) : movedOn ? (
        <Banner
          tone="warn"
          live
          title={t("yaml.movedOn")}
          actions={
            <Button size="sm" isDisabled={session.busy !== undefined} onPress={() => void rebase(sessionId, "ask")}>
              {t("yaml.rebase")}
            </Button>
          }
        >
          {t("yaml.movedOnNote")}
        </Banner>
      ) : null}
      <YamlEditor
        ref={editor}
        label={t("yaml.editing", { name: target.name })}
        value={session.text}
        onChange={(text) => write(sessionId, text)}
        schema={schema}
        problems={about}
        onProblems={setProblems}
        onSubmit={() => void (changed && review(sessionId))}
        onExplain={onExplain}
      />
      <ProblemList
        problems={problems}
        immutable={about.some(({ kind }) => kind === "immutable")}
        onGoTo={(at) => editor.current?.goTo(at)}
      />
    </>
  );
}
