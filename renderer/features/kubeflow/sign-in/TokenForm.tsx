import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AppError, type ContextId, type SdkToken, tokenHours } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { client, settle } from "../../../state/client.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { useFormat } from "../../../ui/format.ts";
import { Info } from "../../../ui/icons.ts";
import { Select } from "../../../ui/Select.tsx";

export interface TokenFormProps {
  place: { context: ContextId; kfDir?: string };
  onBack: () => void;
}

/** A token for Python programs: for which profile, how long, and the program that uses it. */
export function TokenForm({ place, onBack }: TokenFormProps) {
  const { t } = useTranslation();
  const { value: known } = useCall("sdkToken.profiles", { context: place.context });
  const profiles = known?.profiles ?? [];
  const [written, setWritten] = useState<string>();
  const [hours, setHours] = useState<number>(tokenHours[0]);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<AppError>();
  const [made, setMade] = useState<SdkToken>();
  const profile = written ?? profiles[0] ?? "";
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (profile === "" || asking) return;
    setAsking(true);
    setMade(undefined);
    setError(undefined);
    const answer = await settle(client().call("sdkToken.create", { ...place, profile, hours }));
    setAsking(false);
    if (answer.ok) setMade(answer.value);
    else setError(answer.error);
  }
  return (
    <form className="people-form" onSubmit={(event) => void submit(event)}>
      <h3>{t("people.tokenTitle")}</h3>
      <p className="muted">{t("people.tokenText")}</p>
      {profiles.length > 0 ? (
        <Select
          label={t("people.tokenProfile")}
          value={profile}
          onChange={setWritten}
          options={profiles.map((name) => ({ value: name, label: name }))}
        />
      ) : (
        <Field
          label={t("people.tokenProfile")}
          value={profile}
          onChange={(value) => setWritten(value.trim())}
          error={tried && profile === "" ? t("people.tokenNoProfile") : undefined}
          autoComplete="off"
          mono
        />
      )}
      <Select
        label={t("people.tokenHours")}
        value={String(hours)}
        onChange={(value) => setHours(Number(value))}
        options={tokenHours.map((count) => ({
          value: String(count),
          label:
            count < 24 ? t("people.tokenHour", { count }) : t("people.tokenDay", { count: Math.round(count / 24) }),
        }))}
      />
      {error ? <ErrorBanner error={error} /> : null}
      <div role="status">
        {asking ? <p>{t("people.tokenCreating")}</p> : null}
        {made ? <Made made={made} /> : null}
      </div>
      <div className="people-buttons">
        <Button variant="primary" type="submit">
          {t("people.tokenCreate")}
        </Button>
        <Button onPress={onBack}>{t("common.back")}</Button>
      </div>
    </form>
  );
}

function Made({ made: { file, account, expires, snippet, notes } }: { made: SdkToken }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  return (
    <div className="people-section">
      <p>{t("people.tokenExpires", { account: visibleBidi(account), time: format.date(expires) })}</p>
      <CopyLines label={t("people.tokenFile")} lines={[file]} wrap />
      {notes.map((said) => (
        <p key={said.id} className="people-note">
          <Info aria-hidden size={14} /> {visibleBidi(textOf(said, language))}
        </p>
      ))}
      <CopyLines label={t("people.tokenProgram")} lines={snippet} />
    </div>
  );
}
