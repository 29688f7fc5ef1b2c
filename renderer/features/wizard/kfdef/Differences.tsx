import { useTranslation } from "react-i18next";

const questions = ["who", "namespace", "address", "good"] as const;
const files = ["standard", "dex"] as const;

/** What the two files of the release make different, in plain words; the chosen one is marked. */
export function Differences({ chosen }: { chosen: "standard" | "dex" }) {
  const { t } = useTranslation();
  return (
    <table className="kfdef-differences">
      <caption className="sr-only">{t("kfdef.differences.title")}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t("kfdef.differences.question")}</span>
          </th>
          {files.map((file) => (
            <th key={file} scope="col" className={file === chosen ? "kfdef-chosen" : undefined}>
              {t(`kfdef.file.${file}.title`)}
              {file === chosen ? <span className="sr-only"> {t("kfdef.differences.chosen")}</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {questions.map((question) => (
          <tr key={question}>
            <th scope="row">{t(`kfdef.differences.${question}.title`)}</th>
            {files.map((file) => (
              <td key={file} className={file === chosen ? "kfdef-chosen" : undefined}>
                {t(`kfdef.differences.${question}.${file}`)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
