import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, CallOutput, ContextId, CreatedDocument, EditProblem } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { shortcut } from "../../ui/shortcut.ts";
import type { ListedProblem } from "../../ui/yaml/checks.ts";
import { type EditorHandle, YamlEditor } from "../../ui/yaml/YamlEditor.tsx";
import { CreatedList } from "./CreatedList.tsx";
import { keepCreateText } from "./dialogs.ts";
import { kindOfText } from "./kind-of-text.ts";
import { ProblemList } from "./ProblemList.tsx";
import { starterNames, starters } from "./starters.ts";
import { useSchema } from "./use-schema.ts";
import "./YamlTab.css";

interface Result {
  /** What it is about. */
  text: string;
  namespace: string;
  dryRun: boolean;
  value: CallOutput<"yaml.create">;
}

const none: EditProblem[] = [];
const bad: readonly CreatedDocument["state"][] = ["failed", "skipped"];

/** New objects from text: one or several, tried on the API server first, then made by server-side apply. */
export default function CreateDialog(props: {
  context: ContextId;
  namespace: string;
  text: string;
  onClose: () => void;
}) {
  const { context, onClose } = props;
  const { t } = useTranslation();
  const editor = useRef<EditorHandle>(null);
  const [text, setText] = useState(props.text);
  const [namespace, setNamespace] = useState(props.namespace);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const [problems, setProblems] = useState<ListedProblem[]>([]);
  const { schema } = useSchema(kindOfText(context, text));
  const current = result?.text === text && result.namespace === namespace ? result : undefined;
  const documents = current?.value.documents ?? [];
  const tried =
    current?.dryRun === true && documents.length > 0 && documents.every(({ state }) => !bad.includes(state));
  const made = current?.dryRun === false && documents.every(({ state }) => !bad.includes(state));
  const owned = documents.some(({ owners }) => owners.length > 0);
  // The same list as long as the answer is the same: the editor checks the text again for each new one.
  const found = useMemo(
    () =>
      current ? [...current.value.problems, ...current.value.documents.flatMap(({ problems }) => problems)] : none,
    [current],
  );

  // A click beside the dialog does not lose what was written.
  useEffect(() => keepCreateText(text), [text]);
  const empty = text === "";
  useEffect(() => {
    if (!empty) editor.current?.focus();
  }, [empty]);

  async function send(dryRun: boolean, takeOver = false): Promise<void> {
    if (busy || text.trim() === "") return;
    setBusy(true);
    const input = { context, namespace: namespace || "default", text, dryRun, takeOver };
    const answer = await settle(client().call("yaml.create", input));
    setBusy(false);
    setError(answer.ok ? undefined : answer.error);
    setResult(answer.ok ? { text, namespace, dryRun, value: answer.value } : undefined);
    if (answer.ok && !dryRun && answer.value.documents.every(({ state }) => !bad.includes(state))) keepCreateText("");
  }

  return (
    <Dialog
      title={t("yaml.createTitle")}
      size="lg"
      onClose={onClose}
      footer={
        <>
          {made ? (
            <Button variant="primary" onPress={onClose}>
              {t("yaml.done")}
            </Button>
          ) : tried ? (
            <Button variant="primary" onPress={() => void send(false)} after={<Kbd>{shortcut("S")}</Kbd>}>
              {t("yaml.create", { count: documents.length })}
            </Button>
          ) : (
            <Button
              variant="primary"
              isDisabled={text.trim() === ""}
              onPress={() => void send(true)}
              after={<Kbd>{shortcut("S")}</Kbd>}
            >
              {busy ? t("yaml.checking") : t("yaml.try")}
            </Button>
          )}
          {owned ? (
            <Button variant="danger" isDisabled={busy} onPress={() => void send(current?.dryRun ?? true, true)}>
              {t("yaml.takeOver")}
            </Button>
          ) : null}
          {made ? null : <Button onPress={onClose}>{t("yaml.cancel")}</Button>}
        </>
      }
    >
      <fieldset className="yaml-starters">
        <legend className="sr-only">{t("yaml.starters")}</legend>
        {starterNames.map((name) => (
          <Button
            key={name}
            size="sm"
            onPress={() =>
              setText((now) => (now.trim() === "" ? starters[name] : `${now.trimEnd()}\n---\n${starters[name]}`))
            }
          >
            {name}
          </Button>
        ))}
      </fieldset>
      <Field
        label={t("yaml.namespace")}
        mono
        value={namespace}
        onChange={setNamespace}
        description={t("yaml.namespaceHint")}
      />
      {error ? <ErrorBanner error={error} /> : null}
      <div className="yaml-create">
        <YamlEditor
          ref={editor}
          label={t("yaml.createText")}
          value={text}
          onChange={setText}
          schema={schema}
          problems={found}
          onProblems={setProblems}
          onSubmit={() => void (made ? undefined : send(!tried))}
        />
      </div>
      <ProblemList
        problems={problems}
        immutable={found.some(({ kind }) => kind === "immutable")}
        onGoTo={(at) => editor.current?.goTo(at)}
      />
      {current ? <CreatedList documents={documents} dryRun={current.dryRun} onOpened={onClose} /> : null}
    </Dialog>
  );
}
