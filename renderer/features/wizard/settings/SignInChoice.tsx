import { useTranslation } from "react-i18next";
import { authMode } from "../../../../common/contract/index.ts";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { RadioCards } from "../../../ui/RadioCards.tsx";
import { currentRelease } from "../current-step.ts";
import { ConnectorsSection } from "./ConnectorsSection.tsx";
import { ProviderFields } from "./ProviderFields.tsx";

export interface SignInChoiceProps {
  /** What is wrong with the provider. */
  error: string | undefined;
  onUsed: () => void;
  /** The folder has secrets already. */
  optional: boolean;
}

/** How people sign in, where the release has a sign-in: with Dex and its connectors, at a provider, or not at all. */
export function SignInChoice({ error, onUsed, optional }: SignInChoiceProps) {
  const { t } = useTranslation();
  const draft = useDraft();
  const label = t("settings.signIn");
  if (currentRelease(draft)?.capabilities.signIn !== "password") {
    const none = { value: "none", title: t("settings.noSignIn"), note: t("settings.noSignInNote") };
    return <RadioCards columns={1} label={label} value="none" onChange={() => undefined} options={[none]} />;
  }
  return (
    <>
      <RadioCards
        columns={3}
        label={label}
        value={draft.auth}
        onChange={(chosen) => setDraft({ auth: authMode.catch("dex").parse(chosen) })}
        options={[
          { value: "dex", title: "Dex", note: t("settings.dexNote") },
          { value: "oidc", title: "OpenID Connect", note: t("settings.oidcNote") },
          {
            value: "standard",
            title: t("settings.openSignIn"),
            note: t("settings.openSignInNote", { email: draft.email }),
          },
        ]}
      />
      {draft.auth === "dex" ? <ConnectorsSection /> : null}
      {draft.auth === "oidc" ? <ProviderFields error={error} onUsed={onUsed} optional={optional} /> : null}
    </>
  );
}
