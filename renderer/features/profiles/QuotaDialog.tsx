import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, Profile } from "../../../common/contract/index.ts";
import { belowUse } from "../../../common/kube/index.ts";
import { client } from "../../state/client.ts";
import { Banner } from "../../ui/Banner.tsx";
import { columnOf } from "./amounts.ts";
import { FormDialog } from "./FormDialog.tsx";
import { choiceOf, hardOf, isComplete, QuotaFields } from "./QuotaFields.tsx";

/** Changes how much a profile may use, and says when that is less than is in use. */
export function QuotaDialog({
  context,
  profile: { name, hard: before, used },
  onClose,
}: {
  context: ContextId;
  profile: Profile;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(() => choiceOf(before));
  const hard = hardOf(choice, before);
  const below = belowUse(hard ?? {}, used).map((resource) => {
    const column = columnOf(resource);
    return column === undefined ? resource : t(`profiles.column.${column}`);
  });
  return (
    <FormDialog
      title={t("profiles.quota.title", { profile: name })}
      confirm={t("profiles.quota.confirm")}
      onClose={onClose}
      onDone={onClose}
      send={() =>
        hard === undefined || !isComplete(choice)
          ? undefined
          : client().call("profiles.setQuota", { context, profile: name, hard })
      }
    >
      <QuotaFields choice={choice} onChange={setChoice} used={used} />
      {below.length > 0 ? (
        <Banner tone="warn" title={t("profiles.quota.below")} live>
          {t("profiles.quota.belowText", { names: below.join(", ") })}
        </Banner>
      ) : null}
    </FormDialog>
  );
}
