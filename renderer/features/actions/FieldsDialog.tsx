import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectChange } from "../../../common/contract/index.ts";
import { ActionDialog, TargetList, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { changeLines } from "./kubectl.ts";
import { startAction } from "./running-actions.ts";
import type { useFacts } from "./use-facts.ts";

export interface FieldsDialogProps {
  targets: OpenDialog["targets"];
  looked: ReturnType<typeof useFacts>;
  title: string;
  change: ObjectChange;
  /** There is something to change, and nothing wrong with it. */
  ready: boolean;
  children: ReactNode;
}

/** Fields that some objects have in common: edited together, and stored in one go. */
export function FieldsDialog({ targets, looked, title, change, ready, children }: FieldsDialogProps) {
  const { t } = useTranslation();
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const { there, gone, asking, error } = looked;
  const meant = there.map(({ target }) => target);
  return (
    <ActionDialog
      title={`${title}: ${about}`}
      size="lg"
      lines={ready ? changeLines(context, meant, change) : []}
      confirm={t("actions.meta.confirm")}
      blocked={asking || !ready}
      error={error}
      onConfirm={() => {
        closeActionDialog();
        void startAction(title, meant, change);
      }}
    >
      {children}
      <TargetList looked={there} gone={gone} />
    </ActionDialog>
  );
}
