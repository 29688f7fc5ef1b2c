import { useTranslation } from "react-i18next";
import { useDraft } from "../../../state/draft.ts";
import { resetKfDef, useKfDef } from "../../../state/kfdef.ts";
import { Button } from "../../../ui/Button.tsx";
import { Check, CircleAlert } from "../../../ui/icons.ts";
import { currentConfigUri } from "../current-step.ts";
import { IssueList } from "./IssueList.tsx";
import { ReadProblem } from "./ReadProblem.tsx";

/** What the chosen file is, in a line, or why it can't be read; and what its reader should know about it. */
export function FileFound() {
  const { t } = useTranslation();
  const { configUri, document, reading, error } = useKfDef();
  const asked = useDraft((draft) => currentConfigUri(draft));
  const edited = useDraft(({ kfdef }) => kfdef.edited?.configUri === asked);
  if (asked === undefined || asked === "") return null;
  const here = configUri === asked;
  const bad = document?.issues.some(({ level }) => level === "error") ?? false;
  return (
    <div className="kfdef-found">
      {here && error ? <ReadProblem error={error} /> : null}
      {here && document && !error ? (
        <>
          <p className="kfdef-found-line" role="status">
            {bad ? (
              <CircleAlert aria-hidden size={14} className="poor" />
            ) : (
              <Check aria-hidden size={14} className="good" />
            )}
            <span>
              {[
                document.fileName,
                document.version,
                t("kfdef.applications", { count: document.applications.length }),
                t(`kfdef.auth.${document.auth}`),
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            </span>
            {edited ? (
              <>
                <span className="faint">{t("kfdef.isEdited")}</span>
                <Button size="sm" variant="ghost" onPress={() => void resetKfDef()}>
                  {t("kfdef.reset")}
                </Button>
              </>
            ) : null}
          </p>
          <IssueList issues={document.issues} />
        </>
      ) : null}
      {(!here || (reading && document === undefined)) && !(here && error) ? (
        <p className="kfdef-found-line muted" role="status">
          {t("kfdef.reading", { uri: asked })}
        </p>
      ) : null}
    </div>
  );
}
