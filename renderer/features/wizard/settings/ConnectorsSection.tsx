import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ConnectorDraft, connectorTitles, type SignInChange } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { Part } from "../../../state/contributions.tsx";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { Button } from "../../../ui/Button.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Findings } from "./Findings.tsx";
import { useSignInCheck } from "./use-sign-in-check.ts";

/** Identity providers that Dex passes people on to, beside its own list. */
export function ConnectorsSection() {
  const { t } = useTranslation();
  const connectors = useDraft((state) => state.connectors);
  const isInstalled = useDraft((state) => state.folder?.installation ?? false);
  const [form, setForm] = useState<{ known?: ConnectorDraft }>();
  const { findings, error, trying, check } = useSignInCheck();
  async function take(change: SignInChange): Promise<void> {
    if (change.do !== "connector") return;
    const { draft, probe } = change;
    if (!(await check(draft, probe))) return;
    const others = useDraft.getState().connectors.filter(({ id }) => id !== draft.id);
    setDraft({ connectors: [...others, draft] });
    setForm(undefined);
  }
  const aside = connectors.length === 0 ? t("settings.noConnectors") : connectors.map(({ name }) => name).join(", ");
  return (
    <Disclosure level={2} title={t("people.connectors")} aside={visibleBidi(aside)}>
      <div className="settings-connectors">
        <p className="muted">{t(isInstalled ? "settings.connectorsLater" : "people.connectorsText")}</p>
        {connectors.map((one) => (
          <div key={one.id} className="settings-connector">
            <b>{visibleBidi(one.name)}</b>
            <span className="muted">{connectorTitles[one.type]}</span>
            <span className="grow" />
            <Button size="sm" onPress={() => setDraft({ connectors: connectors.filter(({ id }) => id !== one.id) })}>
              {t("people.removeConnector", { name: one.id })}
            </Button>
          </div>
        ))}
        {form && !isInstalled ? (
          <Part
            name="connectorForm"
            props={{ known: form.known, onSend: (change) => void take(change), onBack: () => setForm(undefined) }}
          />
        ) : null}
        {error ? <ErrorBanner error={error} /> : null}
        <Findings findings={findings} trying={trying} />
        {form || isInstalled ? null : (
          <div>
            <Button onPress={() => setForm({})}>{t("people.addConnector")}</Button>
          </div>
        )}
      </div>
    </Disclosure>
  );
}
