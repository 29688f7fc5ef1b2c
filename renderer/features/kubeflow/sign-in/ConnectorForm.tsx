import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type ConnectorDraft,
  type ConnectorField,
  type ConnectorType,
  connectorFields,
  connectorProblems,
  connectorTitles,
  connectorTypes,
  type SignInChange,
} from "../../../../common/contract/index.ts";
import { message, textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Button } from "../../../ui/Button.tsx";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";
import { TextAreaField } from "./TextAreaField.tsx";
import "./SignIn.css";

export interface ConnectorFormProps {
  /** One that is there, without its secrets. */
  known?: ConnectorDraft | undefined;
  onSend: (change: SignInChange) => void;
  onBack: () => void;
}

const initial = (type: ConnectorType) =>
  Object.fromEntries(connectorFields[type].map(({ path, initial: value = "" }) => [path, value]));

/** A connector's fields, as its type has them. */
export function ConnectorForm({ known, onSend, onBack }: ConnectorFormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [type, setType] = useState<ConnectorType>(known?.type ?? "ldap");
  const [id, setId] = useState(known?.id ?? "ldap");
  const [name, setName] = useState(known?.name ?? "");
  const [values, setValues] = useState<Record<string, string>>({ ...initial(type), ...known?.values });
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const problems = connectorProblems({ type, values }, known !== undefined);
  const badId = !/^[a-z][a-z0-9-]{0,39}$/.test(id);
  const badName = name.trim() === "" || name.includes("$");
  const choose = (next: ConnectorType) => {
    setType(next);
    setId(next);
    setValues(initial(next));
    setTried(false);
  };
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (badId || badName || Object.keys(problems).length > 0) return;
    const probe = type === "ldap" && login !== "" && password !== "" ? { probe: { login, password } } : {};
    onSend({ do: "connector", draft: { type, id, name: name.trim(), values }, ...probe });
  }
  const put = (path: string, value: string) => setValues({ ...values, [path]: value });
  return (
    <form className="people-form" onSubmit={submit}>
      <h3>{t(known === undefined ? "people.connectorAdd" : "people.connectorChange")}</h3>
      {known === undefined ? (
        <Select
          label={t("people.connectorType")}
          value={type}
          onChange={(next) => choose(connectorTypes.find((one) => one === next) ?? "ldap")}
          options={connectorTypes.map((one) => ({
            value: one,
            label: connectorTitles[one],
          }))}
        />
      ) : null}
      <Field
        label={t("people.connectorName")}
        value={name}
        onChange={setName}
        description={t("people.connectorNameHint")}
        error={tried && badName ? t("people.connectorNameProblem") : undefined}
      />
      {known === undefined ? (
        <Field
          label={t("people.connectorId")}
          value={id}
          onChange={(value) => setId(value.trim())}
          error={tried && badId ? t("people.connectorIdProblem") : undefined}
          mono
        />
      ) : null}
      {connectorFields[type].map((field) => (
        <ConnectorInput
          key={field.path}
          field={field}
          value={values[field.path] ?? ""}
          isKept={known !== undefined && field.kind === "secret"}
          error={
            tried && problems[field.path]
              ? textOf(message(`connectorProblem.${problems[field.path] ?? "empty"}`), language)
              : undefined
          }
          onChange={(value) => put(field.path, value)}
        />
      ))}
      {type === "ldap" ? (
        <fieldset className="people-form">
          <legend>{t("people.probe")}</legend>
          <Field label={t("people.probeLogin")} value={login} onChange={setLogin} autoComplete="off" />
          <Field
            label={t("people.probePassword")}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="off"
          />
        </fieldset>
      ) : null}
      <div className="people-buttons">
        <Button variant="primary" type="submit">
          {t("people.tryAndReview")}
        </Button>
        <Button onPress={onBack}>{t("common.back")}</Button>
      </div>
    </form>
  );
}

interface ConnectorInputProps {
  field: ConnectorField;
  value: string;
  /** It has one already, which an empty field keeps. */
  isKept: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

function ConnectorInput({ field: { path, label, kind }, value, isKept, error, onChange }: ConnectorInputProps) {
  const { t } = useTranslation();
  const title = t(`people.field.${label}`);
  if (kind === "flag")
    return (
      <CheckLine isSelected={value === "true"} onChange={(on) => onChange(on ? "true" : "")}>
        {title}
      </CheckLine>
    );
  if (kind === "pem") return <TextAreaField label={title} value={value} onChange={onChange} error={error} />;
  return (
    <Field
      label={title}
      code={path}
      value={value}
      onChange={onChange}
      type={kind === "secret" ? "password" : "text"}
      autoComplete="off"
      error={error}
      {...(isKept ? { description: t("people.secretKept") } : {})}
      mono
    />
  );
}
