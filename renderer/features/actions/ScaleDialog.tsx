import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner } from "../../ui/Banner.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { ActionDialog, TargetList, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { changeLines } from "./kubectl.ts";
import { startAction } from "./running-actions.ts";
import { titleOf } from "./titles.ts";
import { useFacts } from "./use-facts.ts";

const most = 10_000;

/** How many pods each of the objects is to have. */
export function ScaleDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const { there, gone, asking, error } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const [typed, setTyped] = useState<number | undefined>();
  const replicas = typed ?? there[0]?.facts.replicas ?? 1;
  const meant = there.map(({ target }) => target);
  const change = { do: "scale" as const, replicas };
  const scalers = there.flatMap(({ facts }) => (facts.autoscaler === undefined ? [] : [facts.autoscaler]));
  const title = titleOf(t, "scale");
  return (
    <ActionDialog
      title={`${title}: ${about}`}
      lines={changeLines(context, meant, change)}
      confirm={t("actions.scale.confirm", { count: replicas })}
      blocked={asking || meant.length === 0}
      error={error}
      onConfirm={() => {
        closeActionDialog();
        void startAction(title, meant, change);
      }}
    >
      <NumberInput label={t("actions.scale.replicas")} value={replicas} min={0} max={most} onChange={setTyped} />
      {replicas === 0 ? <p>{t("actions.scale.zero")}</p> : null}
      {scalers.length > 0 ? (
        <Banner tone="warn" title={t("actions.scale.autoscaler", { name: scalers.join(", ") })} />
      ) : null}
      <TargetList
        looked={there}
        gone={gone}
        note={({ facts }) =>
          facts.replicas === undefined ? undefined : t("actions.scale.now", { count: facts.replicas })
        }
      />
    </ActionDialog>
  );
}
