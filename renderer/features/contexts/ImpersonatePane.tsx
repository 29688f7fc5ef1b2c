import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextEntry, Impersonation } from "../../../common/contract/index.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { actAs } from "./edits.ts";
import { FormPane } from "./FormPane.tsx";

/** Makes a context's requests with another user's rights, as kubectl does with --as and --as-group. */
export function ImpersonatePane({ context, onClose }: { context: ContextEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const [user, setUser] = useState(context.actsAs?.user ?? "");
  const [groups, setGroups] = useState(context.actsAs?.groups.join(", ") ?? "");
  const [error, setError] = useState<AppError>();
  const save = (impersonate: Impersonation | null) => {
    actAs(context.id, impersonate).then(
      (failure) => (failure ? setError(failure) : onClose()),
      () => undefined, // it gives its failure
    );
  };
  const name = user.trim();
  return (
    <FormPane
      title={t("contexts.impersonateThis", { name: context.name })}
      submit={t("contexts.impersonateIt")}
      isDisabled={name === ""}
      onSubmit={() => save({ user: name, groups: listed(groups) })}
      onClose={onClose}
      more={
        context.actsAs?.from === "options" ? (
          <Button onPress={() => save(null)}>{t("contexts.impersonateStop")}</Button>
        ) : undefined
      }
    >
      <div className="clusters-fields">
        <Field
          label={t("contexts.user")}
          value={user}
          onChange={setUser}
          placeholder="system:serviceaccount:team:builder"
          description={t("contexts.userHint")}
          mono
        />
        <Field
          label={t("contexts.groups")}
          value={groups}
          onChange={setGroups}
          placeholder="developers, system:authenticated"
          description={t("contexts.groupsHint")}
          mono
        />
      </div>
      <p>{t("contexts.impersonateNote")}</p>
      {error ? <ErrorBanner error={error} /> : null}
    </FormPane>
  );
}

/** Names between commas, each once. */
export function listed(text: string): string[] {
  return [...new Set(text.split(",").map((part) => part.trim()))].filter((part) => part !== "");
}
