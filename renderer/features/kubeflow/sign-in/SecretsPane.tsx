import { useTranslation } from "react-i18next";
import type { SignInChange, SignInState } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { Button } from "../../../ui/Button.tsx";

/** Identity providers that Dex passes people on to, and the secrets that hold it all together. */
export function SecretsPane({
  state: { connectors },
  onAsk,
}: {
  state: SignInState;
  onAsk: (change: SignInChange) => void;
}) {
  const { t } = useTranslation();
  return (
    <section className="people-section">
      {connectors.length > 0 ? (
        <>
          <h3>{t("people.connectors")}</h3>
          <ul>
            {connectors.map(({ id, type, name }) => (
              <li key={id}>
                {visibleBidi(name === "" ? id : name)} <span className="muted mono">{visibleBidi(type)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h3>{t("people.secrets")}</h3>
      <p className="muted">{t("people.secretsText")}</p>
      <div className="people-buttons">
        <Button onPress={() => onAsk({ do: "rotate", what: "cookie" })}>{t("people.rotateCookie")}</Button>
        <Button onPress={() => onAsk({ do: "rotate", what: "client" })}>{t("people.rotateClient")}</Button>
      </div>
    </section>
  );
}
