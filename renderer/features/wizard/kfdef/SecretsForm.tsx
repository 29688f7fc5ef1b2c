import { useTranslation } from "react-i18next";
import type { KfDefDocument } from "../../../../common/contract/index.ts";
import { setSecret, useKfDef } from "../../../state/kfdef.ts";
import { Field } from "../../../ui/Field.tsx";

/** Values that the file must not hold: typed here for this installation, and kept nowhere. */
export function SecretsForm({ secrets }: { secrets: KfDefDocument["secrets"] }) {
  const { t } = useTranslation();
  const given = useKfDef((state) => state.secrets);
  return (
    <>
      <header className="kfdef-form-head">
        <h2>{t("kfdef.secrets.title")}</h2>
      </header>
      <div className="kfdef-form-body">
        <p className="hint">{t("kfdef.secrets.about")}</p>
        {secrets.map(({ name, source, variable }) => {
          const needed = source === "literal";
          return (
            <Field
              key={name}
              label={needed ? `${name} *` : name}
              type="password"
              value={given[name] ?? ""}
              onChange={(value) => setSecret(name, value)}
              description={t(needed ? "kfdef.secrets.needed" : "kfdef.secrets.fromVariable", { variable })}
              autoComplete="off"
            />
          );
        })}
      </div>
    </>
  );
}
