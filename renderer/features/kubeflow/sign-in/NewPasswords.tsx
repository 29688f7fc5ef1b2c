import { useTranslation } from "react-i18next";
import type { SignInProgress } from "../../../../common/contract/index.ts";
import { Button } from "../../../ui/Button.tsx";
import { Copy } from "../../../ui/icons.ts";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { useCopy } from "../../../ui/use-copy.ts";

/** Generated passwords: they are shown once, and kept nowhere. */
export function NewPasswords({ passwords }: { passwords: NonNullable<SignInProgress["passwords"]> }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const lines = ["email,password", ...passwords.map(({ email, password }) => `${email},${password}`), ""];
  return (
    <section className="people-section">
      <h3>{t("people.passwords")}</h3>
      <p>{t("people.passwordsText")}</p>
      <ScrollRegion label={t("people.passwords")} className="scrolled-list">
        <table className="people-table">
          <tbody>
            {passwords.map(({ email, password }) => (
              <tr key={email}>
                <th scope="row">{email}</th>
                <td className="mono">{password}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <div className="people-buttons">
        <Button icon={<Copy aria-hidden />} onPress={() => copy(lines.join("\n"))}>
          {t(copied ? "people.copied" : "people.copyPasswords")}
        </Button>
      </div>
    </section>
  );
}
