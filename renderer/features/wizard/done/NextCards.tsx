import { useTranslation } from "react-i18next";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { quoted } from "../../../ui/shell.ts";

/** Where to go from here, each with the line that does it. */
export function NextCards({ kfDir, namespace }: { kfDir: string; namespace: string | undefined }) {
  const { t } = useTranslation();
  const next = [
    { id: "pods", lines: ["kubectl get pods --all-namespaces"] },
    { id: "profile", lines: [`kubectl get all -n ${namespace ?? "kubeflow"}`] },
    { id: "git", lines: [`cd ${quoted(kfDir)}`, "git init && git add . && git commit -m 'Kubeflow'"] },
  ] as const;
  return (
    <section aria-labelledby="next-title" className="next">
      <h2 className="home-section" id="next-title">
        {t("done.next")}
      </h2>
      <ul>
        {next.map((card) => (
          <li key={card.id} className="card card-padded">
            <div>
              <h3>{t(`done.nextCard.${card.id}.title`)}</h3>
              <p>{t(`done.nextCard.${card.id}.text`)}</p>
            </div>
            <CopyLines lines={card.lines} label={t(`done.nextCard.${card.id}.title`)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
