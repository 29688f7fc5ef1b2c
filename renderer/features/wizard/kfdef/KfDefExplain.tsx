import { useTranslation } from "react-i18next";
import { useDraft } from "../../../state/draft.ts";
import { Teach } from "../ExplainPanel.tsx";

/** What a KfDef is, and what the chosen way to sign in means, for somebody who never saw one. */
export function KfDefTeach() {
  const { t } = useTranslation();
  const file = useDraft((draft) => draft.kfdef.file);
  return (
    <>
      <Teach title={t("kfdef.teach.what.title")}>{t("kfdef.teach.what.text")}</Teach>
      <Teach title={t(`kfdef.teach.${file}.title`)}>{t(`kfdef.teach.${file}.text`)}</Teach>
      <Teach title={t("kfdef.teach.modernise.title")}>{t("kfdef.teach.modernise.text")}</Teach>
    </>
  );
}
