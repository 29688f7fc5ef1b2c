import { useTranslation } from "react-i18next";
import type { ConnectorDraft, SignInChange, SignInState } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { Button } from "../../../ui/Button.tsx";

/** Identity providers that Dex passes people on to, and the secrets that hold it all together. */
export function SecretsPane({
  state: { connectors },
  onAsk,
  onConnector,
}: {
  state: SignInState;
  onAsk: (change: SignInChange) => void;
  onConnector: (known: ConnectorDraft | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <section className="people-section">
      <h3>{t("people.connectors")}</h3>
      <p className="muted">{t("people.connectorsText")}</p>
      {connectors.map(({ id, type, name, draft }) => (
        <div key={id} className="people-buttons">
          <b>{visibleBidi(name === "" ? id : name)}</b>
          <span className="muted mono">{visibleBidi(type)}</span>
          <span className="grow" />
          {draft === undefined ? null : (
            <Button size="sm" onPress={() => onConnector(draft)}>
              {t("people.changeConnector", { name: id })}
            </Button>
          )}
          <Button size="sm" onPress={() => onAsk({ do: "removeConnector", id })}>
            {t("people.removeConnector", { name: id })}
          </Button>
        </div>
      ))}
      <div className="people-buttons">
        <Button onPress={() => onConnector(undefined)}>{t("people.addConnector")}</Button>
      </div>
      <h3>{t("people.secrets")}</h3>
      <p className="muted">{t("people.secretsText")}</p>
      <div className="people-buttons">
        <Button onPress={() => onAsk({ do: "rotate", what: "cookie" })}>{t("people.rotateCookie")}</Button>
        <Button onPress={() => onAsk({ do: "rotate", what: "client" })}>{t("people.rotateClient")}</Button>
      </div>
    </section>
  );
}
