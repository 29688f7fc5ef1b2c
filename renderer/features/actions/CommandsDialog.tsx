import { useTranslation } from "react-i18next";
import type { ObjectChange } from "../../../common/contract/index.ts";
import { drainOptions } from "../../../common/contract/index.ts";
import { CopyLines } from "../../ui/CopyLines.tsx";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import type { OpenDialog } from "./dialogs.ts";
import { changeLines, drainLine, shellLine, simpleLine } from "./kubectl.ts";
import { simpleChanges } from "./simple-changes.ts";
import { type ActionId, specsFor } from "./specs.ts";
import { titleOf } from "./titles.ts";

const changes: Partial<Record<ActionId, ObjectChange>> = {
  ...simpleChanges,
  scale: { do: "scale", replicas: 1 },
  kill: { do: "delete", propagation: "background", gracePeriodSeconds: 0 },
  delete: { do: "delete", propagation: "background" },
};
const simple = ["logs", "logs-previous", "shell", "attach", "forward", "edit"] as const;

/** What can be done to the objects, as kubectl lines to be copied. */
export function CommandsDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const about = useAbout(targets);
  const [first] = targets;
  const context = useContextName(first?.context);
  if (!first) return null;
  const one = targets.length === 1;
  const specs = specsFor(first).filter(({ many }) => one || many);
  const looking = one ? [simpleLine(context, first, "get"), simpleLine(context, first, "describe")] : [];
  const lines = specs.flatMap(({ id }) => {
    const known = simple.find((name) => name === id);
    const change = changes[id];
    const own = known
      ? [simpleLine(context, first, known)]
      : change
        ? changeLines(context, targets, change)
        : id === "drain"
          ? [
              drainLine(
                context,
                targets.map(({ name }) => name),
                drainOptions.parse({}),
              ),
            ]
          : id === "rollout"
            ? [simpleLine(context, first, "history")]
            : [];
    return own.length === 0 ? [] : [{ title: titleOf(t, id), lines: own }];
  });
  return (
    <ActionDialog title={`${titleOf(t, "commands")}: ${about}`} size="lg">
      {one ? (
        <div className="action-lines">
          <h3>{t("actions.commands.look")}</h3>
          <CopyLines lines={looking} label={t("actions.commands.look")} wrap />
        </div>
      ) : null}
      {lines.map(({ title, lines: own }) => (
        <div key={title} className="action-lines">
          <h3>{title}</h3>
          <CopyLines lines={own} label={title} wrap />
        </div>
      ))}
      <div className="action-lines">
        <h3>{t("actions.commands.names")}</h3>
        <CopyLines lines={targets.map(({ name }) => shellLine([name]))} label={t("actions.commands.names")} />
      </div>
    </ActionDialog>
  );
}
