import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isKind } from "../../../common/kube/index.ts";
import { Banner } from "../../ui/Banner.tsx";
import { CheckLine } from "../../ui/CheckLine.tsx";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { RadioCards } from "../../ui/RadioCards.tsx";
import { ActionDialog, TargetList, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { changeLines } from "./kubectl.ts";
import { startAction } from "./running-actions.ts";
import { titleOf } from "./titles.ts";
import { useFacts } from "./use-facts.ts";

const propagations = ["background", "foreground", "orphan"] as const;
const usualGrace = 30;
const longestGrace = 24 * 3600;

/** Deletes objects; `now` is the quick end of a pod, without its time to say goodbye. */
export function DeleteDialog({ targets, now }: { targets: OpenDialog["targets"]; now: boolean }) {
  const { t } = useTranslation();
  const { there, gone, asking, error } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const [propagation, setPropagation] = useState<(typeof propagations)[number]>("background");
  const [force, setForce] = useState(now);
  const [grace, setGrace] = useState<number | undefined>();
  const meant = there.map(({ target }) => target);
  const pods = targets[0] !== undefined && isKind(targets[0], "/Pod");
  const gracePeriodSeconds = force ? 0 : grace;
  const change = {
    do: "delete" as const,
    propagation,
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
  };
  const held = there.filter(({ facts }) => facts.finalizers.length > 0);
  const alone = pods && there.some(({ facts }) => facts.owner === undefined);
  const namespaces = targets[0] !== undefined && isKind(targets[0], "/Namespace");
  const title = titleOf(t, now ? "kill" : "delete");
  return (
    <ActionDialog
      title={`${title}: ${about}`}
      danger
      lines={changeLines(context, meant, change)}
      confirm={t("actions.delete.confirm", { count: targets.length })}
      blocked={asking || meant.length === 0}
      error={error}
      onConfirm={() => {
        closeActionDialog();
        void startAction(title, meant, change);
      }}
    >
      <p>{t(pods ? "actions.delete.pods" : "actions.delete.will", { count: targets.length })}</p>
      {namespaces ? <Banner tone="bad" title={t("actions.delete.namespace")} /> : null}
      {alone ? <Banner tone="warn" title={t("actions.delete.alone")} /> : null}
      <TargetList
        looked={there}
        gone={gone}
        note={({ facts }) =>
          facts.deleting
            ? t("actions.delete.already")
            : facts.owner
              ? t("actions.delete.owner", facts.owner)
              : undefined
        }
      />
      {held.length > 0 ? (
        <Banner tone="info" title={t("actions.delete.finalizers", { count: held.length })}>
          <ul className="mono">
            {[...new Set(held.flatMap(({ facts }) => facts.finalizers))].map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </Banner>
      ) : null}
      {pods ? (
        <CheckLine isSelected={force} onChange={setForce}>
          <b>{t("actions.delete.force")}</b>
          <small className="action-small">{t("actions.delete.forceWhy")}</small>
        </CheckLine>
      ) : null}
      <Disclosure title={t("actions.delete.options")}>
        <div className="action-form">
          <RadioCards
            label={t("actions.delete.dependents")}
            value={propagation}
            onChange={(value) => setPropagation(propagations.find((one) => one === value) ?? "background")}
            options={propagations.map((value) => ({
              value,
              title: t(`actions.delete.${value}`),
              note: t(`actions.delete.${value}Why`),
            }))}
          />
          {pods && !force ? (
            <>
              <CheckLine isSelected={grace !== undefined} onChange={(on) => setGrace(on ? usualGrace : undefined)}>
                {t("actions.delete.ownGrace")}
              </CheckLine>
              {grace === undefined ? null : (
                <NumberInput
                  label={t("actions.delete.grace")}
                  value={grace}
                  min={1}
                  max={longestGrace}
                  onChange={setGrace}
                />
              )}
            </>
          ) : null}
        </div>
      </Disclosure>
    </ActionDialog>
  );
}
