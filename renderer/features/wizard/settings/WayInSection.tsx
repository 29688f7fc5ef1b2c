import { useTranslation } from "react-i18next";
import { chosenContext, useCluster } from "../../../state/cluster.ts";
import { AccessForm } from "../../../state/connected/AccessForm.tsx";
import { setAccessDraft, setDraft, useDraft } from "../../../state/draft.ts";
import { currentAccess, currentRelease } from "../current-step.ts";
import { passwordOptional } from "./validate.ts";
import { problemText } from "./words.ts";

export interface WayInSectionProps {
  /** What is wrong is shown: it was asked for, or the form was used. */
  shown: boolean;
  onUsed: () => void;
}

/** How will people reach it? */
export function WayInSection({ shown, onUsed }: WayInSectionProps) {
  const { t } = useTranslation();
  const draft = useDraft();
  const context = useCluster((state) => (state.state === "connected" ? chosenContext(state)?.id : undefined));
  if (currentRelease(draft)?.capabilities.components === "file") return <p className="hint">{t("wayIn.fixed")}</p>;
  const { problem } = currentAccess(draft);
  return (
    <div id="field-access">
      <AccessForm
        context={context}
        draft={draft.access}
        certificate={draft.certificate}
        kept={passwordOptional(draft.folder)}
        problem={shown && problem ? { field: problem.field, words: problemText(t, problem.key) } : undefined}
        onChange={(change) => {
          if (change.way !== "forward") onUsed();
          setAccessDraft(change);
        }}
        onCertificate={(certificate) => setDraft({ certificate })}
      />
    </div>
  );
}
