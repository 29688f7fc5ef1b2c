import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../common/contract/index.ts";
import { userProblem } from "../../../common/kube/index.ts";
import { client } from "../../state/client.ts";
import { Field } from "../../ui/Field.tsx";
import { FormDialog } from "./FormDialog.tsx";
import { nameWords, userWords } from "./problems.ts";
import { hardOf, isComplete, type QuotaChoice, QuotaFields } from "./QuotaFields.tsx";

const first: QuotaChoice = { preset: "small", typed: { cpu: "", memory: "", gpu: "", storage: "", pods: "" } };

/** A new profile in three answers: what it is called, whose it is, how much it may use. */
export function CreateDialog({
  context,
  onClose,
  onCreated,
}: {
  context: ContextId;
  onClose: () => void;
  onCreated: (name: string) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [owner, setOwner] = useState("");
  const [quota, setQuota] = useState(first);
  const [tried, setTried] = useState(false);
  const nameError = nameWords(t, name);
  const ownerError = userWords(t, userProblem(owner));
  return (
    <FormDialog
      title={t("profiles.create.title")}
      confirm={t("profiles.create.confirm")}
      onClose={onClose}
      onDone={() => {
        onClose();
        onCreated(name);
      }}
      send={() => {
        setTried(true);
        const hard = hardOf(quota);
        if (nameError ?? ownerError) return undefined;
        if (hard === undefined || !isComplete(quota)) return undefined;
        return client().call("profiles.create", { context, profile: name, owner, hard });
      }}
    >
      <Field
        label={t("profiles.create.name")}
        value={name}
        onChange={(value) => setName(value.trim())}
        description={t("profiles.create.nameHint")}
        error={tried || (name !== "" && nameError !== undefined) ? nameError : undefined}
        mono
      />
      <Field
        label={t("profiles.create.owner")}
        value={owner}
        onChange={(value) => setOwner(value.trim())}
        placeholder="user@example.com"
        description={t("profiles.create.ownerHint")}
        error={tried ? ownerError : undefined}
      />
      <QuotaFields choice={quota} onChange={setQuota} />
    </FormDialog>
  );
}
