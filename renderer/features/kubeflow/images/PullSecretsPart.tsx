import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AppError, type ContextId, pullSecretName } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";

/** Which namespaces have a current pull secret, and one button for those that don't. */
export function PullSecretsPart({ context }: { context: ContextId }) {
  const { t } = useTranslation();
  const [name, setName] = useState("registry-pull");
  const [round, setRound] = useState(0);
  const isWrong = !pullSecretName.safeParse(name).success;
  return (
    <div className="images-part">
      <p>{t("registries.secretsAbout")}</p>
      <Field
        label={t("registries.secretName")}
        value={name}
        onChange={(value) => setName(value.trim())}
        error={isWrong ? t("settings.problem.pull-secret") : undefined}
        mono
      />
      {isWrong ? null : (
        <Namespaces key={`${name} ${round}`} name={name} context={context} onWritten={() => setRound(round + 1)} />
      )}
    </div>
  );
}

function Namespaces({ name, context, onWritten }: { name: string; context: ContextId; onWritten: () => void }) {
  const { t } = useTranslation();
  const { value, error, asking } = useCall("pullSecrets.list", { context, name });
  const [failed, setFailed] = useState<AppError | undefined>();
  const [busy, setBusy] = useState(false);
  const rows = value?.rows ?? [];
  const lacking = rows.filter(({ secret, accounts }) => secret !== "current" || accounts.length > 0);
  const write = async () => {
    if (busy) return;
    setBusy(true);
    const namespaces = lacking.map(({ namespace }) => namespace);
    const answer = await settle(client().call("pullSecrets.write", { context, name, namespaces }));
    setBusy(false);
    const problem = answer.ok ? answer.value.failed[0]?.problem : answer.error;
    setFailed(problem);
    if (problem === undefined) onWritten();
  };
  return (
    <>
      {error ? <ErrorBanner error={error} /> : null}
      {failed ? <ErrorBanner error={failed} /> : null}
      <p role="status">
        {asking ? t("common.looking") : t("registries.lacking", { count: lacking.length, all: rows.length })}
      </p>
      <ScrollRegion label={t("registries.part.secrets")} className="images-list">
        <ul>
          {rows.map(({ namespace, secret, accounts }) => (
            <li key={namespace}>
              <span className="mono">{namespace}</span>
              <small className={secret === "current" && accounts.length === 0 ? "muted" : "text-warn"}>
                {t(`registries.secret.${secret}`)}
                {accounts.length > 0 ? ` · ${t("registries.accounts", { names: accounts.join(", ") })}` : null}
              </small>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {lacking.length === 0 ? null : (
        // Not disabled while it works: it would lose the focus.
        <Button variant="primary" onPress={() => void write()}>
          {busy ? t("registries.writing") : t("registries.write", { count: lacking.length })}
        </Button>
      )}
    </>
  );
}
