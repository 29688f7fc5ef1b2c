import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTarget, Revision, RolloutStatus } from "../../../common/contract/index.ts";
import { useStream } from "../../state/use-stream.ts";
import { Age } from "../../ui/Age.tsx";
import { Button } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { CopyLines } from "../../ui/CopyLines.tsx";
import { Progress } from "../../ui/Progress.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Select } from "../../ui/Select.tsx";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import { type OpenDialog, openActionDialog } from "./dialogs.ts";
import { changeLines, simpleLine } from "./kubectl.ts";
import { startAction } from "./running-actions.ts";
import { titleOf } from "./titles.ts";
import { useHistory } from "./use-history.ts";

// The editor's code is large; it comes when two revisions are compared.
const DiffView = lazy(async () => ({ default: (await import("../../ui/yaml/DiffView.tsx")).DiffView }));

/** How far a rollout is, its revisions, what differs between two, and the way back. */
export function RolloutDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const [target] = targets;
  const about = useAbout(targets);
  const context = useContextName(target?.context);
  const { item: status, error: statusError } = useStream("rollout.status", target && { target });
  const { revisions, error, again } = useHistory(target, `${status?.state} ${status?.step}`);
  const [asked, setAsked] = useState<Revision | undefined>();
  if (!target) return null;
  const change = { do: "undo" as const, ...(asked === undefined ? {} : { revision: asked.revision }) };
  return (
    <ActionDialog
      title={`${t("actions.rollout.title")}: ${about}`}
      size="lg"
      error={error ?? statusError}
      lines={asked ? [] : [simpleLine(context, target, "status"), simpleLine(context, target, "history")]}
      more={
        target.kind === "Deployment" && status ? (
          <Button onPress={() => openActionDialog(status.paused ? "unpause" : "pause", targets)}>
            {titleOf(t, status.paused ? "unpause" : "pause")}
          </Button>
        ) : undefined
      }
    >
      {status ? <StatusLine status={status} /> : null}
      {asked ? (
        <ConfirmPane
          title={t("actions.rollout.ask", { revision: asked.revision })}
          confirm={t("actions.rollout.confirm")}
          keep={t("common.keep")}
          danger={false}
          onConfirm={() => {
            setAsked(undefined);
            startAction(t("actions.rollout.confirm"), [target], change).then(again, () => undefined); // told in the notices
          }}
          onKeep={() => setAsked(undefined)}
        >
          <p>{t("actions.rollout.will")}</p>
          <CopyLines lines={changeLines(context, [target], change)} label={t("actions.inShell")} wrap />
        </ConfirmPane>
      ) : (
        <RevisionTable revisions={revisions} onUndo={setAsked} />
      )}
      {revisions && revisions.length > 1 ? <Compare revisions={revisions} target={target} /> : null}
    </ActionDialog>
  );
}

const tones: Readonly<Record<RolloutStatus["state"], Tone>> = {
  waiting: "run",
  done: "ok",
  failed: "bad",
  unsupported: "idle",
};

function StatusLine({ status }: { status: RolloutStatus }) {
  const { t } = useTranslation();
  const { state, step, desired, updated, available, old, paused } = status;
  const count = step === "terminate" ? old : step === "available" ? updated : desired;
  const fraction = desired === 0 ? 1 : Math.min(updated, available) / desired;
  return (
    <div className="action-status" role="status">
      <Tag tone={tones[state]}>{t(`actions.rollout.state.${state}`)}</Tag>
      {paused ? <Tag tone="warn">{t("actions.rollout.paused")}</Tag> : null}
      <span>{t(`actions.rollout.step.${step}`, { count, desired, updated, available, old })}</span>
      {state === "waiting" ? <Progress label={t("actions.rollout.progress")} fraction={fraction} /> : null}
    </div>
  );
}

function RevisionTable({
  revisions,
  onUndo,
}: {
  revisions: readonly Revision[] | undefined;
  onUndo: (revision: Revision) => void;
}) {
  const { t } = useTranslation();
  if (revisions === undefined) return <p role="status">{t("common.looking")}</p>;
  if (revisions.length === 0) return <p>{t("actions.rollout.none")}</p>;
  return (
    <ScrollRegion className="action-scroll" label={t("actions.rollout.revisions")}>
      <table className="action-table">
        <thead>
          <tr>
            <th scope="col">{t("actions.rollout.revision")}</th>
            <th scope="col">{t("actions.rollout.images")}</th>
            <th scope="col">{t("actions.rollout.cause")}</th>
            <th scope="col">{t("actions.rollout.age")}</th>
            <th scope="col">
              <span className="sr-only">{t("actions.rollout.back")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {revisions.toReversed().map((revision) => (
            <tr key={revision.name}>
              <th scope="row">{revision.revision}</th>
              <td className="mono">
                {revision.containers.map(({ name, image }) => (
                  <div key={name} title={name}>
                    {image}
                  </div>
                ))}
              </td>
              <td>{revision.changeCause ?? <span className="faint">–</span>}</td>
              <td>
                <Age since={revision.createdAt} />
              </td>
              <td>
                {revision.current ? (
                  <Tag tone="ok">{t("actions.rollout.current")}</Tag>
                ) : (
                  <Button
                    size="sm"
                    aria-label={t("actions.rollout.backTo", { revision: revision.revision })}
                    onPress={() => onUndo(revision)}
                  >
                    {t("actions.rollout.back")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Compare({ revisions, target }: { revisions: readonly Revision[]; target: ObjectTarget }) {
  const { t } = useTranslation();
  const last = revisions.at(-1)?.name ?? "";
  const previous = revisions.at(-2)?.name ?? "";
  const [from, setFrom] = useState<string | undefined>();
  const [to, setTo] = useState<string | undefined>();
  const [shown, setShown] = useState(false);
  const find = (name: string) => revisions.find((revision) => revision.name === name);
  const before = find(from ?? previous);
  const after = find(to ?? last);
  const options = revisions
    .toReversed()
    .map(({ name, revision }) => ({ value: name, label: t("actions.rollout.number", { revision }) }));
  if (!shown) {
    return (
      <div>
        <Button size="sm" onPress={() => setShown(true)}>
          {t("actions.rollout.compare")}
        </Button>
      </div>
    );
  }
  return (
    <section className="action-compare" aria-label={t("actions.rollout.compare")}>
      <div className="action-row">
        <Select label={t("actions.rollout.from")} value={before?.name ?? ""} options={options} onChange={setFrom} />
        <Select label={t("actions.rollout.to")} value={after?.name ?? ""} options={options} onChange={setTo} />
      </div>
      {before && after && before.template === after.template ? (
        <p>{t("actions.rollout.same")}</p>
      ) : (
        <Suspense fallback={<p role="status">{t("common.looking")}</p>}>
          <DiffView before={before?.template ?? ""} after={after?.template ?? ""} label={target.name} />
        </Suspense>
      )}
    </section>
  );
}
