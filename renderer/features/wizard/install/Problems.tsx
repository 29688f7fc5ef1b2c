import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InstallStatus } from "../../../../common/contract/index.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorDetail, hasDetail } from "../../../ui/ErrorDetail.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import { useInstallWords } from "./use-install-words.ts";

/** Things that need the user, the cause first. One is shown whole; the others on request. */
export function Problems({ problems, onLog }: { problems: InstallStatus["problems"]; onLog: (about: string) => void }) {
  const { t } = useTranslation();
  const words = useInstallWords();
  const [all, setAll] = useState(false);
  const shown = all ? problems : problems.slice(0, 1);
  return (
    <>
      {shown.map((problem, index) => {
        const about = problem.component ?? problem.object?.name;
        return (
          <Banner
            key={`${problem.code} ${problem.message}`}
            tone="bad"
            title={words.problem(problem).title}
            {...(about
              ? {
                  tag: (
                    <Tag tone="bad" sign="!">
                      {about}
                    </Tag>
                  ),
                }
              : {})}
            actions={
              <>
                {index === 0 && problems.length > 1 ? (
                  <Button onPress={() => setAll(!all)} aria-expanded={all}>
                    {all ? t("install.fewer") : t("install.showMore", { count: problems.length - 1 })}
                  </Button>
                ) : null}
                <Button onPress={() => onLog(about ?? "")}>{t("install.log.show")}</Button>
              </>
            }
          >
            {hasDetail(problem) ? <ErrorDetail error={problem} /> : null}
          </Banner>
        );
      })}
    </>
  );
}
