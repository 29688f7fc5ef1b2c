import { useTranslation } from "react-i18next";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { quoted } from "../../../ui/shell.ts";

/** Where to go from here, each with the line that does it. `namespace`: the first user's, where a Profile made one. */
export function NextCards({ kfDir, namespace }: { kfDir: string; namespace: string | undefined }) {
  const { t } = useTranslation();
  const next = [
    { id: "pods" as const, lines: ["kubectl get pods --all-namespaces"] },
    ...(namespace === undefined
      ? []
      : [{ id: "profile" as const, lines: [`kubectl get serviceaccounts,rolebindings -n ${namespace}`] }]),
    { id: "git" as const, lines: [`cd ${quoted(kfDir)}`, "git init && git add . && git commit -m 'Kubeflow'"] },
  ];
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
