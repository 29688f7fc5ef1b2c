import { useTranslation } from "react-i18next";
import { Check, LoaderCircle, TriangleAlert } from "../../../ui/icons.ts";
import { Teach } from "../ExplainPanel.tsx";
import type { Views } from "./use-views.ts";

/** What was asked of the open card's platform so far; all of it only reads. */
export function ReadCommands({ view }: { view: Views["eks"] }) {
  const { t } = useTranslation();
  const commands = view.item?.commands ?? [];
  if (commands.length === 0) return null;
  return (
    <Teach title={t("platforms.commands")}>
      <ul className="platform-commands">
        {commands.map(({ line, count, state }) => (
          <li key={line}>
            <code>
              {line}
              {count > 1 ? ` (${count})` : ""}
            </code>
            {state === "running" ? (
              <LoaderCircle aria-label={t("platforms.running")} size={12} className="platform-turning" />
            ) : state === "failed" ? (
              <TriangleAlert aria-label={t("platforms.failed")} size={12} className="poor" />
            ) : (
              <Check aria-label={t("platforms.done")} size={12} className="good" />
            )}
          </li>
        ))}
      </ul>
    </Teach>
  );
}
