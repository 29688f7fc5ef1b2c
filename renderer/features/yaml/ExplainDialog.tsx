import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { ExplainPane } from "./ExplainPane.tsx";
import type { SchemaOf } from "./use-schema.ts";

interface Asked {
  of: SchemaOf;
  /** As it is typed: `pods`, `deployments.apps`. */
  resource: string;
  path: string[];
}

/** Explains any field of any kind that the cluster serves, by the words `kubectl explain` takes. */
export default function ExplainDialog({
  context,
  text,
  onClose,
}: {
  context: ContextId;
  text: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState<Asked | undefined>();
  const [error, setError] = useState<AppError | undefined>();

  async function find(words: string): Promise<void> {
    if (words.trim() === "") return;
    const answer = await settle(client().call("schema.find", { context, text: words.trim() }));
    setError(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    const { resource, kind, fields } = answer.value;
    const { group, version, plural } = resource;
    setAsked({
      of: { context, group, version, kind },
      resource: group === "" ? plural : `${plural}.${group}`,
      path: fields,
    });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what it was opened with is looked up by itself
  useEffect(() => {
    void find(text);
  }, [text]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void find(typed);
  };
  return (
    <Dialog title={t("yaml.explainTitle")} size="lg" onClose={onClose}>
      <form className="explain-form" onSubmit={submit}>
        <Field
          label={t("yaml.explainField")}
          mono
          value={typed}
          onChange={setTyped}
          placeholder="pods.spec.containers"
          description={t("yaml.explainHint")}
          action={
            <Button size="sm" type="submit">
              {t("yaml.explain")}
            </Button>
          }
        />
      </form>
      {error ? <ErrorBanner error={error} /> : null}
      {asked ? (
        <ExplainPane
          target={asked.of}
          path={asked.path}
          onPath={(path) => {
            setAsked({ ...asked, path });
            setTyped([asked.resource, ...path].join("."));
          }}
        />
      ) : null}
    </Dialog>
  );
}
