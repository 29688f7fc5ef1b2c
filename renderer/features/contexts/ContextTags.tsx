import { useTranslation } from "react-i18next";
import type { ContextEntry } from "../../../common/contract/index.ts";
import { Lock, UserRound } from "../../ui/icons.ts";
import { Tag } from "../../ui/Tag.tsx";

/** What is special about how requests to this cluster are made: nothing may change, or somebody else makes them. */
export function ContextTags({ context: { options, actsAs } }: { context: Pick<ContextEntry, "options" | "actsAs"> }) {
  const { t } = useTranslation();
  return (
    <>
      {options.readOnly ? (
        <Tag tone="warn" sign={<Lock className="context-sign" size={11} />}>
          {t("contexts.readOnly")}
        </Tag>
      ) : null}
      {actsAs ? (
        <Tag tone="run" sign={<UserRound className="context-sign" size={11} />}>
          {t("contexts.as", { user: actsAs.user })}
        </Tag>
      ) : null}
    </>
  );
}
