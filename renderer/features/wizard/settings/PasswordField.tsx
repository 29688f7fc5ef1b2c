import { useState } from "react";
import { useTranslation } from "react-i18next";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Eye, EyeOff } from "../../../ui/icons.ts";

export interface PasswordFieldProps {
  /** The folder has a password already; an empty field keeps it. */
  optional: boolean;
  error: string | undefined;
  onUsed: () => void;
}

export function PasswordField({ optional, error, onUsed }: PasswordFieldProps) {
  const { t } = useTranslation();
  const value = useDraft((state) => state.password);
  const [shown, setShown] = useState(false);
  return (
    <Field
      id="field-password"
      label={t("settings.password")}
      type={shown ? "text" : "password"}
      value={value}
      onChange={(password) => {
        onUsed();
        setDraft({ password });
      }}
      onBlur={onUsed}
      error={error}
      description={optional ? t("settings.passwordKept") : t("settings.passwordHint")}
      autoComplete="new-password"
      action={
        <IconButton
          className="field-action"
          label={shown ? t("settings.passwordHide") : t("settings.passwordShow")}
          onPress={() => setShown(!shown)}
        >
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </IconButton>
      }
    />
  );
}
