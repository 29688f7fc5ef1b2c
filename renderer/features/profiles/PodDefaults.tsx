import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, PodDefault } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { browse } from "../../state/route.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { X } from "../../ui/icons.ts";

export interface PodDefaultsProps {
  context: ContextId;
  profile: string;
  podDefaults: readonly PodDefault[];
  onNew: () => void;
  onChanged: () => void;
}

/** The PodDefaults of a profile: what notebooks can choose as their configuration. */
export function PodDefaults({ context, profile, podDefaults, onNew, onChanged }: PodDefaultsProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<string | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const remove = async (name: string) => {
    setAsked(undefined);
    const answer = await settle(client().call("profiles.deletePodDefault", { context, profile, name }));
    setError(answer.ok ? undefined : answer.error);
    onChanged();
  };
  return (
    <section>
      <h3 className="profile-section">
        <span>PodDefaults</span>
        <Button variant="ghost" size="sm" onPress={onNew}>
          {t("profiles.podDefault.new")}
        </Button>
      </h3>
      {error ? <ErrorBanner error={error} /> : null}
      {podDefaults.length === 0 ? <p className="muted">{t("profiles.podDefault.none")}</p> : null}
      <ul className="profile-extras">
        {podDefaults.map((one) => (
          <li key={one.name}>
            <span className="profile-extra">
              <Button
                variant="ghost"
                size="sm"
                onPress={() =>
                  browse({
                    context,
                    resource: "poddefaults.kubeflow.org",
                    namespaces: [profile],
                    object: { namespace: profile, name: one.name },
                  })
                }
              >
                {one.description || one.name}
              </Button>
              <small className="mono">
                {Object.entries(one.labels)
                  .map(([key, value]) => `${key}=${value}`)
                  .join(", ")}
              </small>
              <small>{givesOf(one).join(", ")}</small>
            </span>
            <IconButton label={t("profiles.podDefault.delete", { name: one.name })} onPress={() => setAsked(one.name)}>
              <X aria-hidden size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      {asked === undefined ? null : (
        <ConfirmPane
          title={t("profiles.podDefault.deleteTitle", { name: asked })}
          confirm={t("profiles.podDefault.deleteConfirm")}
          keep={t("common.cancel")}
          onConfirm={() => void remove(asked)}
          onKeep={() => setAsked(undefined)}
        >
          <p>{t("profiles.podDefault.deleteText")}</p>
        </ConfirmPane>
      )}
    </section>
  );
}

/** Names of what a pod gets: variables, folders, and other fields. */
function givesOf({ variables, paths, others }: PodDefault): string[] {
  return [...variables, ...paths, ...others];
}
