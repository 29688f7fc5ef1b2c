import { useTranslation } from "react-i18next";
import type { ClassPlan, ClassRow } from "../../../common/contract/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Banner } from "../../ui/Banner.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Tag, type Tone } from "../../ui/Tag.tsx";

const looks: Record<ClassRow["action"], { tone: Tone; sign: string }> = {
  create: { tone: "ok", sign: "+" },
  change: { tone: "warn", sign: "~" },
  unchanged: { tone: "idle", sign: "=" },
};

/** What a class list would change, line by line, or which lines have to be corrected. */
export function ClassPlanView({ plan }: { plan: ClassPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const broken = new Set(plan.errors.map(({ line }) => line)).size;
  if (broken > 0)
    return (
      <>
        <Banner tone="bad" title={t("profiles.class.errors", { count: broken })} live />
        <ScrollRegion className="scrolled-list" label={t("profiles.class.title")}>
          <table className="class-table">
            <thead>
              <tr>
                <th scope="col">{t("profiles.class.line")}</th>
                <th scope="col">{t("profiles.class.changes")}</th>
              </tr>
            </thead>
            <tbody>
              {plan.errors.map(({ line, said }) => (
                <tr key={`${line} ${textOf(said, "en")}`}>
                  <th scope="row">{line}</th>
                  <td className="text-bad">{textOf(said, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </>
    );
  const count = (action: ClassRow["action"]) => plan.rows.filter((row) => row.action === action).length;
  return (
    <>
      <p className="class-counts" role="status">
        {(["create", "change", "unchanged"] as const).map((action) => (
          <Tag key={action} tone={looks[action].tone} sign={looks[action].sign}>
            {t(`profiles.class.${action}`, { count: count(action) })}
          </Tag>
        ))}
        <span className="muted">{t("profiles.class.stays")}</span>
      </p>
      <ScrollRegion className="scrolled-list" label={t("profiles.class.title")}>
        <table className="class-table">
          <thead>
            <tr>
              <th scope="col">{t("profiles.class.line")}</th>
              <th scope="col">{t("profiles.class.profile")}</th>
              <th scope="col">{t("profiles.class.changes")}</th>
            </tr>
          </thead>
          <tbody>
            {plan.rows.map((row) => (
              <tr key={row.line}>
                <td className="faint">{row.line}</td>
                <th scope="row">
                  <span aria-hidden className={`class-sign class-${row.action}`}>
                    {looks[row.action].sign}
                  </span>
                  {row.profile}
                </th>
                <td>
                  {row.action === "unchanged" ? <span className="faint">{t("profiles.class.asIs")}</span> : null}
                  <ul>
                    {row.changes.map((change) => (
                      <li key={textOf(change, "en")}>{textOf(change, language)}</li>
                    ))}
                    {row.warnings.map((warning) => (
                      <li key={textOf(warning, "en")} className="text-warn">
                        {textOf(warning, language)}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}
