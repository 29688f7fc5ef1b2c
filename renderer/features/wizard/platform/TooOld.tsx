import { isOlder } from "../../../../common/contract/index.ts";
import { message, textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useDraft } from "../../../state/draft.ts";
import { TriangleAlert } from "../../../ui/icons.ts";
import { currentRelease } from "../current-step.ts";

/** That a cluster's Kubernetes is older than what the chosen release runs on; nothing where it is not. */
export function TooOld({ version }: { version: string | undefined }) {
  const language = useLanguage();
  const minimum = useDraft((draft) => currentRelease(draft)?.kubernetesMin);
  if (version === undefined || minimum === undefined || !isOlder(version, minimum)) return null;
  return (
    <span className="platform-old">
      <TriangleAlert aria-hidden size={12} /> {textOf(message("nodeFit.oldVersion", { version, minimum }), language)}
    </span>
  );
}
