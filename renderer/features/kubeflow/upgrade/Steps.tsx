import { useTranslation } from "react-i18next";
import type { UpgradePlan } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { nameOf } from "../drift-words.ts";
import { Switch } from "./Switch.tsx";
import { objectOf, recreatedIn } from "./upgrade-lists.ts";

export interface StepsProps {
  plan: UpgradePlan;
  consents: ReadonlySet<string>;
  onConsent: (keys: readonly string[], on: boolean) => void;
}

/** What the release's notes ask for, with a switch where something is recreated, and what Flowdeck adds to it. */
export function Steps({ plan, consents, onConsent }: StepsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ofSteps = new Set(plan.steps.flatMap(({ recreates }) => recreates));
  const others = recreatedIn(plan).filter((key) => !ofSteps.has(key));
  const name = (key: string) => {
    const object = objectOf(plan, key);
    return object === undefined ? key : nameOf(object);
  };
  const isOn = (keys: readonly string[]) => keys.every((key) => consents.has(key));
  return (
    <ScrollRegion label={t("upgrade.steps")} className="upgrade-steps">
      <h2>{t("upgrade.steps")}</h2>
      <p className="muted">{t(plan.steps.length > 0 ? "upgrade.stepsAbout" : "upgrade.noSteps")}</p>
      <ol>
        {plan.steps.map(({ title, because, recreates, deletes }) => (
          <li key={title.en}>
            <b>{title[language]}</b>
            <p>{because[language]}</p>
            {deletes.length > 0 ? (
              <small className="muted">{t("upgrade.deletes", { count: deletes.length })}</small>
            ) : null}
            {recreates.length > 0 ? (
              <Switch
                label={t("upgrade.allow", { what: recreates.map(name).join(", ") })}
                on={isOn(recreates)}
                onChange={() => onConsent(recreates, !isOn(recreates))}
              />
            ) : null}
          </li>
        ))}
      </ol>
      {others.length > 0 ? (
        <>
          <h2>{t("upgrade.consent")}</h2>
          <ul>
            {others.map((key) => {
              const why = plan.changed.find((one) => one.key === key)?.recreate;
              return (
                <li key={key}>
                  {why ? <p>{t("upgrade.recreateText", { why: textOf(why, language) })}</p> : null}
                  <Switch
                    label={t("upgrade.allow", { what: name(key) })}
                    on={consents.has(key)}
                    onChange={() => onConsent([key], !consents.has(key))}
                  />
                </li>
              );
            })}
          </ul>
        </>
      ) : null}
      <h2>{t("upgrade.added")}</h2>
      <ul className="upgrade-added">
        <li>{t("upgrade.webhooksFirst")}</li>
        <li>{t("upgrade.copies")}</li>
        <li>{t("upgrade.dataStays")}</li>
      </ul>
    </ScrollRegion>
  );
}
