import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, Profile } from "../../../common/contract/index.ts";
import { userProblem } from "../../../common/kube/index.ts";
import { client } from "../../state/client.ts";
import { Field } from "../../ui/Field.tsx";
import { FormDialog } from "./FormDialog.tsx";
import { userWords } from "./problems.ts";

/** Gives a profile to somebody else. */
export function OwnerDialog({
  context,
  profile: { name, owner: before },
  onClose,
}: {
  context: ContextId;
  profile: Profile;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState("");
  const [tried, setTried] = useState(false);
  const error = userWords(t, userProblem(owner));
  return (
    <FormDialog
      title={t("profiles.owner.title", { profile: name })}
      confirm={t("profiles.owner.confirm")}
      onClose={onClose}
      onDone={onClose}
      send={() => {
        setTried(true);
        return error === undefined ? client().call("profiles.setOwner", { context, profile: name, owner }) : undefined;
      }}
    >
      <p>{t("profiles.owner.text", { owner: before.name })}</p>
      <Field
        label={t("profiles.owner.field")}
        value={owner}
        onChange={(value) => setOwner(value.trim())}
        placeholder="user@example.com"
        error={tried ? error : undefined}
      />
    </FormDialog>
  );
}
