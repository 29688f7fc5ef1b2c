import { useTranslation } from "react-i18next";
import { ActionDialog, TargetList, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { changeLines } from "./kubectl.ts";
import { startAction } from "./running-actions.ts";
import { type SimpleChange, simpleChanges } from "./simple-changes.ts";
import { titleOf } from "./titles.ts";
import { type Looked, useFacts } from "./use-facts.ts";

/** A change with nothing to choose: what will happen, to which objects, and the button. */
export function ChangeDialog({ id, targets }: { id: SimpleChange; targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const { there, gone, asking, error } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const change = simpleChanges[id];
  const meant = there.map(({ target }) => target);
  const title = titleOf(t, id);
  const note = ({ facts }: Looked) => {
    if (id === "restart" && facts.paused) return t("actions.why.paused");
    return isSo(id, facts) ? t("actions.isSo") : undefined;
  };
  return (
    <ActionDialog
      title={`${title}: ${about}`}
      lines={changeLines(context, meant, change)}
      confirm={title}
      blocked={asking || meant.length === 0}
      error={error}
      onConfirm={() => {
        closeActionDialog();
        void startAction(title, meant, change);
      }}
    >
      <p>{t(`actions.will.${id}`, { count: targets.length })}</p>
      <TargetList looked={there} gone={gone} note={note} />
    </ActionDialog>
  );
}

function isSo(id: SimpleChange, { suspended, paused, unschedulable }: Looked["facts"]): boolean {
  const already: Partial<Record<SimpleChange, boolean | undefined>> = {
    pause: paused,
    unpause: paused === false,
    suspend: suspended,
    resume: suspended === false,
    cordon: unschedulable,
    uncordon: unschedulable === false,
  };
  return already[id] === true;
}
