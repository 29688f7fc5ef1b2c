import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, InstalledView } from "../../../common/contract/index.ts";
import { singleKeysOn } from "../../state/keys.ts";
import { go } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { ArrowUp, Copy, List, SlidersHorizontal, Trash2, UserPlus, UsersRound } from "../../ui/icons.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { keyFor, type PlaceAction } from "./place-keys.ts";

export interface ActionsSectionProps {
  view: InstalledView;
  context: ContextId;
  /** What can be done now; each leads to where that is asked and shown. */
  actions: Partial<Record<PlaceAction, () => void>>;
  /** The folder's path was just copied. */
  copied: boolean;
}

/** What can be done with it, each with its key. */
export function ActionsSection({ view: { components }, context, actions, copied }: ActionsSectionProps) {
  const { t } = useTranslation();
  const namespaces = [...new Set(components.flatMap((component) => component.namespaces))].sort();
  return (
    <section>
      <h2>{t("kubeflow.actions")}</h2>
      <div className="kubeflow-actions">
        <Action id="upgrade" icon={<ArrowUp aria-hidden />} label={t("upgrade.open")} actions={actions} />
        <Action id="change" icon={<SlidersHorizontal aria-hidden />} label={t("kubeflow.changeIt")} actions={actions} />
        <Action id="people" icon={<UserPlus aria-hidden />} label={t("kubeflow.keys.people")} actions={actions} />
        <Action id="profiles" icon={<UsersRound aria-hidden />} label={t("profiles.title")} actions={actions} />
        <Button
          variant="ghost"
          icon={<List aria-hidden />}
          onPress={() => go({ place: "browse", context, resource: "deployments.apps", namespaces })}
        >
          {t("kubeflow.browseIt")}
        </Button>
        <Action
          id="folder"
          icon={<Copy aria-hidden />}
          label={t(copied ? "kubeflow.copied" : "kubeflow.copyFolder")}
          actions={actions}
        />
        <Action id="uninstall" icon={<Trash2 aria-hidden />} label={t("kubeflow.uninstall")} actions={actions} />
      </div>
    </section>
  );
}

interface ActionProps {
  id: PlaceAction;
  icon: ReactNode;
  label: string;
  actions: ActionsSectionProps["actions"];
}

/** One that can't be done now is not there. */
function Action({ id, icon, label, actions }: ActionProps) {
  const run = actions[id];
  if (run === undefined) return null;
  return (
    <span className="kubeflow-action">
      <Button variant="ghost" icon={icon} onPress={run}>
        {label}
      </Button>
      {singleKeysOn() ? <Kbd>{keyFor(id)}</Kbd> : null}
    </span>
  );
}
