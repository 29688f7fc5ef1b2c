import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AppError, type RegistryKind, registryForms } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";
import { TextAreaField } from "../sign-in/TextAreaField.tsx";

/** The registries that are connected, and a form for another one. */
export function RegistriesPart() {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  return <Registries key={round} onChanged={() => setRound(round + 1)} label={t("registries.part.registries")} />;
}

function Registries({ onChanged, label }: { onChanged: () => void; label: string }) {
  const { t } = useTranslation();
  const { value, error } = useCall("registries.list", {});
  const [failed, setFailed] = useState<AppError | undefined>();
  const [works, setWorks] = useState("");
  const check = async (host: string) => {
    const answer = await settle(client().call("registries.checkStored", { host }));
    setFailed(answer.ok ? undefined : answer.error);
    setWorks(answer.ok ? host : "");
  };
  const remove = async (host: string) => {
    const answer = await settle(client().call("registries.remove", { host }));
    if (answer.ok) onChanged();
    else setFailed(answer.error);
  };
  return (
    <div className="images-part">
      {error ? <ErrorBanner error={error} /> : null}
      {failed ? <ErrorBanner error={failed} /> : null}
      <ul aria-label={label} className="images-registries">
        {value?.registries.map(({ host, username }) => (
          <li key={host}>
            <span className="mono">{host}</span> <span className="muted">{username}</span>
            <span className="grow" />
            {works === host ? <span role="status">{t("registries.works")}</span> : null}
            <Button size="sm" aria-label={`${t("registries.signIn")}: ${host}`} onPress={() => void check(host)}>
              {t("registries.signIn")}
            </Button>
            <Button size="sm" aria-label={`${t("registries.remove")}: ${host}`} onPress={() => void remove(host)}>
              {t("registries.remove")}
            </Button>
          </li>
        ))}
      </ul>
      {value?.registries.length === 0 ? <p className="muted">{t("registries.none")}</p> : null}
      {value ? <p className="muted">{t(`registries.storage.${value.storage}`)}</p> : null}
      <AddRegistry onAdded={onChanged} />
    </div>
  );
}

function AddRegistry({ onAdded }: { onAdded: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<RegistryKind>("dockerhub");
  const [host, setHost] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [plain, setPlain] = useState(false);
  const [certificate, setCertificate] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  const form = registryForms.find((one) => one.kind === kind);
  // Those that people run themselves, often with a CA of their own.
  const hasOwn = kind === "other" || kind === "harbor";
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const to = form?.host ?? host;
    const who = username === "" ? (form?.username ?? "") : username;
    const answer = await settle(
      client().call("registries.add", {
        ...{ kind, host: to, username: who, password, plain },
        ...(hasOwn && certificate.trim() !== "" ? { certificate } : {}),
      }),
    );
    setBusy(false);
    if (answer.ok) onAdded();
    else setError(answer.error);
  }
  return (
    <form className="images-form" onSubmit={(event) => void submit(event)}>
      <h3>{t("registries.add")}</h3>
      {error ? <ErrorBanner error={error} /> : null}
      <Select
        label={t("registries.kind")}
        value={kind}
        options={registryForms.map(({ kind: value, title }) => ({ value, label: title }))}
        onChange={setKind}
      />
      {form?.host === undefined ? (
        <Field
          label={t("registries.host")}
          value={host}
          onChange={(value) => setHost(value.trim())}
          placeholder={form?.hostExample ?? ""}
          mono
        />
      ) : null}
      <Field
        label={t("registries.username")}
        value={username}
        onChange={(value) => setUsername(value.trim())}
        placeholder={form?.username ?? ""}
        autoComplete="off"
      />
      <Field
        label={t("registries.password")}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="off"
        description={
          form?.tokenCommand === undefined
            ? t("registries.tokenHint")
            : t("registries.tokenCommand", { command: form.tokenCommand })
        }
      />
      {hasOwn ? (
        <>
          <CheckLine isSelected={plain} onChange={setPlain}>
            {t("registries.plain")}
          </CheckLine>
          {plain ? null : (
            <TextAreaField
              label={t("registries.certificate")}
              value={certificate}
              onChange={setCertificate}
              error={isPem(certificate) ? undefined : t("registries.notPem")}
            />
          )}
        </>
      ) : null}
      <Button type="submit" variant="primary">
        {t(busy ? "registries.signingIn" : "registries.checkAndAdd")}
      </Button>
    </form>
  );
}

function isPem(text: string): boolean {
  return text.trim() === "" || /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(text);
}
