import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, DeployedRegistry } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { DeleteRegistry } from "./DeleteRegistry.tsx";
import { DeployForm } from "./DeployForm.tsx";
import { NodeRecipes } from "./NodeRecipes.tsx";

/** The registries that run in the cluster, and another one. */
export function DeployPart({ context }: { context: ContextId }) {
  const [round, setRound] = useState(0);
  return <Deployed key={round} context={context} onChanged={() => setRound(round + 1)} />;
}

function Deployed({ context, onChanged }: { context: ContextId; onChanged: () => void }) {
  const { t } = useTranslation();
  const { value, error, asking } = useCall("registryDeployment.list", { context });
  return (
    <div className="images-part">
      <p>{t("registries.deploy.about")}</p>
      {error ? <ErrorBanner error={error} /> : null}
      {asking ? <p role="status">{t("common.looking")}</p> : null}
      {value?.registries.map((one) => (
        <DeployedOne key={one.host} registry={one} context={context} onDeleted={onChanged} />
      ))}
      {value ? <DeployForm context={context} onDone={onChanged} isFirst={value.registries.length === 0} /> : null}
    </div>
  );
}

function DeployedOne(props: { registry: DeployedRegistry; context: ContextId; onDeleted: () => void }) {
  const { registry, context, onDeleted } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const [isDeleting, setDeleting] = useState(false);
  const { host, service, settings, isReady, waitsFor, data, isConnected, recipes } = registry;
  const waiting = waitsFor === undefined ? t("registries.deploy.starting") : textOf(waitsFor, language);
  return (
    <section className="images-deployed">
      <h3 className="mono">{host}</h3>
      <p className={isReady ? "muted" : "text-warn"}>
        {isReady ? t("registries.deploy.ready", { namespace: settings.namespace }) : waiting}
      </p>
      <p className="muted">{t("registries.deploy.service", { service })}</p>
      {data ? <p className="muted">{t("registries.deploy.data", { claim: data.claim, size: data.size })}</p> : null}
      {isConnected ? null : <p className="text-warn">{t("registries.deploy.notConnected")}</p>}
      <Disclosure title={t("registries.deploy.nodes")}>
        <NodeRecipes recipes={recipes} />
      </Disclosure>
      {isDeleting ? (
        <DeleteRegistry context={context} named={settings} onKeep={() => setDeleting(false)} onDeleted={onDeleted} />
      ) : (
        <div>
          <Button size="sm" onPress={() => setDeleting(true)} aria-label={`${t("registries.deploy.delete")}: ${host}`}>
            {t("registries.deploy.delete")}
          </Button>
        </div>
      )}
    </section>
  );
}
