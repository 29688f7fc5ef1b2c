import { useTranslation } from "react-i18next";
import { type PlatformChanges as Changes, platformTitle } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Card } from "../../../ui/Card.tsx";
import { Marked } from "../../../ui/Marked.tsx";

/** What is installed differently because of where the cluster runs, each with its reason. */
export function PlatformChanges({ platform }: { platform: Changes | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = platform && platformTitle(platform.id);
  if (title === undefined || platform?.changes.length === 0) return null;
  return (
    <Card title={t("plan.platform", { platform: title })}>
      <ul className="platform-changes">
        {platform?.changes.map((change) => {
          const words = textOf(change, language);
          return (
            <li key={words}>
              <Marked>{words}</Marked>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
