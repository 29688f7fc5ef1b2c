import { useTranslation } from "react-i18next";

/** What the dashboard of 1.0 does the first time somebody opens it. */
export function FirstVisit({ signIn }: { signIn: boolean }) {
  const { t } = useTranslation();
  const steps = signIn ? (["signIn", "namespace", "ready"] as const) : (["noSignIn", "namespace", "ready"] as const);
  return (
    <section aria-labelledby="first-visit" className="first-visit card card-padded">
      <h2 className="section-title" id="first-visit">
        {t("kfdef.done.firstVisit")}
      </h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{t(`kfdef.done.${step}`)}</li>
        ))}
      </ol>
    </section>
  );
}
