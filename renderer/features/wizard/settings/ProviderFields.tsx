import { useTranslation } from "react-i18next";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { asConnector } from "../../../state/sign-in-draft.ts";
import { Button } from "../../../ui/Button.tsx";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Findings } from "./Findings.tsx";
import { useSignInCheck } from "./use-sign-in-check.ts";

export interface ProviderFieldsProps {
  error: string | undefined;
  onUsed: () => void;
  /** The folder has the client's secret already; an empty field keeps it. */
  optional: boolean;
}

/** The provider that people sign in at, without Dex. */
export function ProviderFields({ error: problem, onUsed, optional }: ProviderFieldsProps) {
  const { t } = useTranslation();
  const oidc = useDraft((state) => state.oidc);
  const secret = useDraft((state) => state.oidcSecret);
  const { findings, error, trying, check } = useSignInCheck();
  const put = (change: Partial<typeof oidc>) => {
    onUsed();
    setDraft({ oidc: { ...oidc, ...change } });
  };
  const field = { autoComplete: "off", mono: true } as const;
  return (
    <div className="settings-connectors">
      <div className="settings-two">
        <Field
          {...field}
          id="field-oidc"
          label={t("people.field.issuer")}
          value={oidc.issuer}
          onChange={(value) => put({ issuer: value.trim() })}
          placeholder="https://login.example.com/realms/ml"
          description={t("settings.issuerHint")}
          error={problem}
        />
        <Field
          {...field}
          label={t("people.field.clientId")}
          value={oidc.clientId}
          onChange={(value) => put({ clientId: value.trim() })}
        />
        <Field
          {...field}
          label={t("people.field.clientSecret")}
          type="password"
          value={secret}
          onChange={(value) => {
            onUsed();
            setDraft({ oidcSecret: value });
          }}
          {...(optional ? { description: t("people.secretKept") } : {})}
        />
        <Field
          {...field}
          label={t("settings.redirect")}
          value={oidc.redirect}
          onChange={(value) => put({ redirect: value.trim() })}
          placeholder="https://kubeflow.example.com/oauth2/callback"
          description={t("settings.redirectHint")}
        />
      </div>
      <CheckLine isSelected={oidc.unverified} onChange={(unverified) => put({ unverified })}>
        {t("people.field.skipVerified")}
      </CheckLine>
      <div>
        <Button onPress={() => void check(asConnector({ oidc, oidcSecret: secret }))}>
          {t("settings.tryProvider")}
        </Button>
      </div>
      {error ? <ErrorBanner error={error} /> : null}
      <Findings findings={findings} trying={trying} />
    </div>
  );
}
