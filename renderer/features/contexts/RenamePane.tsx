import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextEntry } from "../../../common/contract/index.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { renameContext } from "./edits.ts";
import { FormPane } from "./FormPane.tsx";

export interface WritingPaneProps {
  context: ContextEntry;
  onDone: (backups: readonly string[]) => void;
  onClose: () => void;
}

/** Gives a context another name in its kubeconfig. */
export function RenamePane({ context, onDone, onClose }: WritingPaneProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(context.name);
  const [error, setError] = useState<AppError>();
  const next = name.trim();
  const same = next === context.name;
  const submit = () => {
    if (next === "" || same) return;
    renameContext(context, next).then(
      (answer) => ("backups" in answer ? onDone(answer.backups) : setError(answer)),
      () => undefined, // it gives its failure
    );
  };
  return (
    <FormPane
      title={t("contexts.renameThis", { name: context.name })}
      submit={t("contexts.renameIt")}
      isDisabled={next === "" || same}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t("contexts.newName")} value={name} onChange={setName} />
      <p>{t("contexts.renameNote", { file: context.file })}</p>
      {error ? <ErrorBanner error={error} /> : null}
    </FormPane>
  );
}
