import { useTranslation } from "react-i18next";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { RadioCards } from "../../../ui/RadioCards.tsx";
import { currentRelease } from "../current-step.ts";

/** Whether people sign in, where the release has a sign-in. */
export function SignInChoice() {
  const { t } = useTranslation();
  const draft = useDraft();
  const label = t("settings.signIn");
  if (currentRelease(draft)?.capabilities.signIn !== "password") {
    const none = { value: "none", title: t("settings.noSignIn"), note: t("settings.noSignInNote") };
    return <RadioCards columns={1} label={label} value="none" onChange={() => undefined} options={[none]} />;
  }
  return (
    <RadioCards
      columns={2}
      label={label}
      value={draft.auth}
      onChange={(chosen) => setDraft({ auth: chosen === "standard" ? "standard" : "dex" })}
      options={[
        { value: "dex", title: "Dex", note: t("settings.dexNote") },
        {
          value: "standard",
          title: t("settings.openSignIn"),
          note: t("settings.openSignInNote", { email: draft.email }),
        },
      ]}
    />
  );
}
