import { useTranslation } from "react-i18next";
import type { PullAccount } from "../../../common/contract/index.ts";
import { Face } from "./Face.tsx";

/** Whose credentials pull images, by service account. */
export function PullSecrets({ accounts }: { accounts: readonly PullAccount[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className="profile-section">
        <span>{t("profiles.pull.title")}</span>
      </h3>
      <ul className="profile-extras">
        {accounts.map(({ account, secrets }) => (
          <li key={account}>
            <Face name={account} kind="ServiceAccount" />
            <span className="profile-extra">
              <span className="mono">{account}</span>
              {secrets.length === 0 ? <small>{t("profiles.pull.none")}</small> : null}
              {secrets.map((secret) => (
                <Secret key={secret.name} {...secret} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Secret({ name, state, registries }: PullAccount["secrets"][number]) {
  const { t } = useTranslation();
  const isWrong = state === "absent" || state === "other";
  return (
    <small className={isWrong ? "text-warn" : undefined}>
      <span className="mono">{name}</span>{" "}
      {state === "present"
        ? t("profiles.pull.present", { registries: registries.join(", ") })
        : t(`profiles.pull.${state}`)}
    </small>
  );
}
