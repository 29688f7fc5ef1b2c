import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import type { OpenDialog } from "./dialogs.ts";
import { simpleLine } from "./kubectl.ts";
import { startAction } from "./running-actions.ts";
import { titleOf } from "./titles.ts";
import { useFacts } from "./use-facts.ts";

/** What keeps an object from going; taking one away by hand is the last resort. */
export function FinalizersDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const { there, gone, asking, error, again } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const [asked, setAsked] = useState<string | undefined>();
  const [one] = there;
  const finalizers = one?.facts.finalizers ?? [];
  const title = titleOf(t, "finalizers");
  const drop = (name: string) => {
    setAsked(undefined);
    if (!one) return;
    startAction(t("actions.finalizer.done", { name }), [one.target], { do: "finalizer", remove: name }).then(
      again,
      () => undefined, // its result is in the notices
    );
  };
  return (
    <ActionDialog
      title={`${title}: ${about}`}
      error={error}
      lines={one ? [simpleLine(context, one.target, "edit")] : []}
    >
      {gone > 0 ? <p role="status">{t("actions.finalizer.gone")}</p> : null}
      {one ? (
        <p>{t(one.facts.deleting ? "actions.finalizer.hangs" : "actions.finalizer.will")}</p>
      ) : asking ? (
        <p role="status">{t("common.looking")}</p>
      ) : null}
      {asked === undefined ? (
        <ul className="action-taints">
          {finalizers.map((name) => (
            <li key={name} className="action-line">
              <span className="mono">{name}</span>
              <Button size="sm" variant="danger" onPress={() => setAsked(name)}>
                {t("actions.finalizer.remove")}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <ConfirmPane
          title={t("actions.finalizer.ask", { name: asked })}
          confirm={t("actions.finalizer.confirm")}
          keep={t("common.keep")}
          onConfirm={() => drop(asked)}
          onKeep={() => setAsked(undefined)}
        >
          <p>{t("actions.finalizer.warning")}</p>
        </ConfirmPane>
      )}
      {one && finalizers.length === 0 ? <Banner tone="info" title={t("actions.finalizer.none")} /> : null}
    </ActionDialog>
  );
}
