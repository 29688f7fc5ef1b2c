import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { password as passwordRule, type SignInChange } from "../../../../common/contract/index.ts";
import { userProblem } from "../../../../common/kube/index.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Eye, EyeOff } from "../../../ui/icons.ts";

export interface PersonFormProps {
  /** Of someone who is in the list: only the password is asked for. */
  email?: string;
  onSend: (change: SignInChange) => void;
  onBack: () => void;
}

/** A new person, or a new password. */
export function PersonForm({ email: known, onSend, onBack }: PersonFormProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(known ?? "");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const problem = passwordRule.safeParse(password).error?.issues[0]?.message;
  const noAddress = known === undefined && userProblem(email) !== undefined;
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (problem !== undefined || noAddress) return;
    onSend(known === undefined ? { do: "add", email, username, password } : { do: "password", email: known, password });
  }
  return (
    <form className="people-form" onSubmit={submit}>
      <h3>{known === undefined ? t("people.addTitle") : t("people.passwordTitle", { email: known })}</h3>
      {known === undefined ? (
        <>
          <Field
            label={t("people.email")}
            value={email}
            onChange={(value) => setEmail(value.trim())}
            placeholder="user@example.com"
            description={t("people.emailHint")}
            error={tried && noAddress ? t("people.noAddress") : undefined}
            autoComplete="off"
          />
          <Field
            label={t("people.name")}
            value={username}
            onChange={setUsername}
            description={t("people.nameHint")}
            autoComplete="off"
          />
        </>
      ) : null}
      <Field
        label={t("people.newPassword")}
        type={shown ? "text" : "password"}
        value={password}
        onChange={setPassword}
        description={t("people.passwordHint")}
        error={tried && problem !== undefined ? t("people.badPassword") : undefined}
        autoComplete="new-password"
        action={
          <IconButton
            className="field-action"
            label={t(shown ? "settings.passwordHide" : "settings.passwordShow")}
            onPress={() => setShown(!shown)}
          >
            {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </IconButton>
        }
      />
      <div className="people-buttons">
        <Button variant="primary" type="submit">
          {t("people.review")}
        </Button>
        <Button onPress={onBack}>{t("common.back")}</Button>
      </div>
    </form>
  );
}
