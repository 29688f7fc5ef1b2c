import { useState } from "react";
import { Label } from "react-aria-components/Label";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";
import { useTranslation } from "react-i18next";
import type { ContextId, PodDefaultGives } from "../../../common/contract/index.ts";
import { client } from "../../state/client.ts";
import { Field } from "../../ui/Field.tsx";
import { RadioCards } from "../../ui/RadioCards.tsx";
import { FormDialog } from "./FormDialog.tsx";

const kinds = ["variables", "secret", "pipelines"] as const;

/** A new PodDefault: what it is called, and what pods get that ask for it. */
export function PodDefaultDialog({
  context,
  profile,
  onClose,
  onDone,
}: {
  context: ContextId;
  profile: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [what, setWhat] = useState<PodDefaultGives["what"]>("variables");
  const [lines, setLines] = useState("");
  const [secret, setSecret] = useState("");
  const [path, setPath] = useState("");
  const choose = (next: PodDefaultGives["what"]) => {
    setWhat(next);
    if (next !== "pipelines" || name !== "") return;
    // As Kubeflow's documentation calls it, so that notebooks of courses find it.
    setName("access-ml-pipeline");
    setDescription(t("profiles.podDefault.pipelinesName"));
  };
  const gives = (): PodDefaultGives => {
    if (what === "variables") return { what, lines };
    return what === "secret" ? { what, secret, path } : { what };
  };
  return (
    <FormDialog
      title={t("profiles.podDefault.title", { profile })}
      confirm={t("profiles.podDefault.create")}
      isDisabled={name === ""}
      onClose={onClose}
      onDone={onDone}
      send={() => client().call("profiles.createPodDefault", { context, profile, name, description, gives: gives() })}
    >
      <p>{t("profiles.podDefault.about")}</p>
      <RadioCards
        label={t("profiles.podDefault.gives")}
        value={what}
        onChange={(value) => choose(kinds.find((kind) => kind === value) ?? "variables")}
        options={kinds.map((kind) => ({
          value: kind,
          title: t(`profiles.podDefault.${kind}`),
          note: t(`profiles.podDefault.${kind}Why`),
        }))}
      />
      <Field
        label={t("profiles.podDefault.name")}
        value={name}
        onChange={(value) => setName(value.trim())}
        description={t("profiles.podDefault.nameHint", { name: name || "NAME" })}
        mono
      />
      <Field
        label={t("profiles.podDefault.description")}
        value={description}
        onChange={setDescription}
        description={t("profiles.podDefault.descriptionHint")}
      />
      {what === "variables" ? (
        <TextField className="field" value={lines} onChange={setLines} spellCheck="false">
          <Label className="field-label">{t("profiles.podDefault.lines")}</Label>
          <TextArea className="class-text mono" rows={4} placeholder={"TZ=Asia/Seoul\nHTTP_PROXY=http://proxy:3128"} />
        </TextField>
      ) : null}
      {what === "secret" ? (
        <>
          <Field
            label={t("profiles.podDefault.secretName")}
            value={secret}
            onChange={(value) => setSecret(value.trim())}
            mono
          />
          <Field
            label={t("profiles.podDefault.path")}
            value={path}
            onChange={(value) => setPath(value.trim())}
            placeholder="/etc/credentials"
            mono
          />
        </>
      ) : null}
    </FormDialog>
  );
}
