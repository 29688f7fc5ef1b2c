import { useTranslation } from "react-i18next";
import type { SignInFinding } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Check, CircleAlert, TriangleAlert } from "../../../ui/icons.ts";

const signs = { ok: Check, warn: TriangleAlert, bad: CircleAlert } as const;
const colors = { ok: undefined, warn: "text-warn", bad: "text-bad" } as const;

/** What was found by trying a way to sign in. */
export function Findings({ findings, trying }: { findings: readonly SignInFinding[]; trying: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div role="status">
      {trying ? <p>{t("settings.trying")}</p> : null}
      {findings.map(({ tone, said }) => {
        const Sign = signs[tone];
        const words = visibleBidi(textOf(said, language));
        return (
          <p key={words} className="settings-finding">
            <Sign aria-hidden size={14} className={colors[tone]} /> {words}
          </p>
        );
      })}
    </div>
  );
}
