import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, DebugProfile, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { openDockTab } from "../../state/dock.ts";
import { Select } from "../../ui/Select.tsx";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { imageWrong } from "./ImageDialog.tsx";
import { podDebugLine } from "./kubectl.ts";
import { DebugImage, ProfileSelect, usualImage } from "./NodeShellDialog.tsx";
import { titleOf } from "./titles.ts";
import { useFacts } from "./use-facts.ts";

const nobody = "";

/** An ephemeral container beside those of a pod, with an image that has tools. */
export function DebugDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const { there, gone, error: lookError } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const [one] = there;
  const [image, setImage] = useState(usualImage);
  const [chosen, setChosen] = useState<string | undefined>();
  const [profile, setProfile] = useState<DebugProfile>("general");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  const containers = one?.facts.containers.filter(({ role }) => role === "main") ?? [];
  const beside = (chosen ?? containers[0]?.name) || undefined;
  const request = { image: image.trim(), beside, profile };
  async function add(target: ObjectTarget): Promise<void> {
    setBusy(true);
    const answer = await settle(
      client().call("debug.container", {
        target,
        image: request.image,
        profile,
        ...(beside === undefined ? {} : { beside }),
      }),
    );
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    closeActionDialog();
    openDockTab({ kind: "shell", mode: "exec", target, container: answer.value.container }, target.name);
  }
  return (
    <ActionDialog
      title={`${titleOf(t, "debug")}: ${about}`}
      busy={busy}
      error={error ?? lookError}
      lines={one ? [podDebugLine(context, one.target, request)] : []}
      confirm={t("actions.debug.open")}
      blocked={one === undefined || imageWrong(request.image)}
      onConfirm={() => void (one && add(one.target))}
    >
      <p>{t("actions.debug.podWill")}</p>
      {gone > 0 ? <p role="status">{t("actions.gone", { count: gone })}</p> : null}
      <DebugImage value={image} onChange={setImage} />
      <Select
        label={t("actions.debug.beside")}
        value={beside ?? nobody}
        onChange={setChosen}
        options={[
          ...containers.map(({ name }) => ({ value: name, label: name })),
          { value: nobody, label: t("actions.debug.nobody") },
        ]}
      />
      <ProfileSelect value={profile} onChange={setProfile} on="pod" />
    </ActionDialog>
  );
}
