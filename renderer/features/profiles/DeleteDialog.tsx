import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, Profile } from "../../../common/contract/index.ts";
import { client } from "../../state/client.ts";
import { useCall } from "../../state/use-call.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { FormDialog } from "./FormDialog.tsx";

/** Deletes a profile: first what goes with it, then its name, typed. */
export function DeleteDialog({
  context,
  profile: { name },
  onClose,
}: {
  context: ContextId;
  profile: Profile;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const { value, error, asking } = useCall("profiles.contents", { context, profile: name });
  return (
    <FormDialog
      title={t("profiles.delete.title", { profile: name })}
      confirm={t("profiles.delete.confirm")}
      danger
      isDisabled={typed !== name}
      onClose={onClose}
      onDone={onClose}
      send={() => client().call("profiles.delete", { context, profile: name, confirm: typed })}
    >
      {asking ? <p role="status">{t("profiles.delete.counting")}</p> : null}
      {error ? <ErrorBanner error={error} tone="warn" /> : null}
      {value ? (
        <>
          <p>{t("profiles.delete.objects", { count: value.objects, profile: name })}</p>
          {value.claims.length > 0 ? (
            <Banner
              tone="bad"
              title={t("profiles.delete.claims", {
                count: value.claims.length,
                names: value.claims.map((claim) => `${claim.name} (${claim.size})`).join(", "),
              })}
            />
          ) : null}
          {value.unread.length > 0 ? <p>{t("profiles.delete.unread", { count: value.unread.length })}</p> : null}
          <Disclosure title={t("profiles.delete.kinds")}>
            <ul className="profile-kinds">
              {value.kinds.map(({ kind, count }) => (
                <li key={kind}>
                  <span>{kind}</span> {count}
                </li>
              ))}
            </ul>
          </Disclosure>
        </>
      ) : null}
      <Field label={t("profiles.delete.type", { profile: name })} value={typed} onChange={setTyped} mono />
    </FormDialog>
  );
}
