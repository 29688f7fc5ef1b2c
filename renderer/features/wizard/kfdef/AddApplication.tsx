import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KfDefDocument } from "../../../../common/contract/index.ts";
import { editKfDef } from "../../../state/kfdef.ts";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";

export interface AddApplicationProps {
  document: KfDefDocument;
  onAdded: (name: string) => void;
  onClose: () => void;
}

/** A folder of one of the file's repos as a new application, at the end. */
export function AddApplication({ document, onAdded, onClose }: AddApplicationProps) {
  const { t } = useTranslation();
  const [path, setPath] = useState("");
  const [name, setName] = useState<string | undefined>(undefined);
  const [repo, setRepo] = useState(document.repos[0]?.name ?? "manifests");
  const [asked, setAsked] = useState(false);
  // an application is mostly called what its folder is called
  const called = name ?? path.replace(/\/+$/, "").split("/").at(-1) ?? "";
  const taken = document.applications.some((application) => application.name === called);
  const problems = {
    path: path.trim() === "" ? t("kfdef.add.pathEmpty") : undefined,
    name: taken ? t("kfdef.add.nameTaken", { name: called }) : called === "" ? t("kfdef.add.nameEmpty") : undefined,
  };
  const add = () => {
    setAsked(true);
    if (problems.path !== undefined || problems.name !== undefined) return;
    const application = { name: called, repo, path: path.trim() };
    editKfDef({ type: "add-application", application }).then(
      () => onAdded(called),
      () => undefined,
    ); // its failures are state
  };
  return (
    <form
      className="kfdef-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      {document.repos.length > 1 ? (
        <Select
          label={t("kfdef.add.repo")}
          value={repo}
          onChange={setRepo}
          options={document.repos.map((each) => ({ value: each.name, label: each.name }))}
        />
      ) : null}
      <Field
        label={t("kfdef.add.path")}
        value={path}
        onChange={setPath}
        error={asked ? problems.path : undefined}
        placeholder="jupyter/notebook-controller"
        autoComplete="off"
        mono
      />
      <Field
        label={t("settings.name")}
        value={called}
        onChange={setName}
        error={asked || taken ? problems.name : undefined}
        autoComplete="off"
        mono
      />
      <div className="kfdef-add-buttons">
        <Button size="sm" variant="primary" type="submit">
          {t("kfdef.add.confirm")}
        </Button>
        <Button size="sm" onPress={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
