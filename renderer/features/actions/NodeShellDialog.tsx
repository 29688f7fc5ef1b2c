import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type AppError,
  type ContextId,
  type DebugProfile,
  debugProfile,
  namespaceName,
} from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { openDockTab } from "../../state/dock.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { imageWrong } from "./ImageDialog.tsx";
import { nodeDebugLine } from "./kubectl.ts";
import { titleOf } from "./titles.ts";

export const usualImage = "busybox:1.37";

/** A shell on a node, in a pod that sees the node's files and is removed with its tab. */
export function NodeShellDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const about = useAbout(targets);
  const [node] = targets;
  const context = useContextName(node?.context);
  const [namespace, setNamespace] = useState("default");
  const [image, setImage] = useState(usualImage);
  const [profile, setProfile] = useState<DebugProfile>("sysadmin");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  if (!node) return null;
  const request = { node: node.name, namespace, image: image.trim(), profile };
  const namespaceWrong =
    namespace !== "default" && namespace !== "kube-system" && !namespaceName.safeParse(namespace).success;
  async function open(context: ContextId): Promise<void> {
    setBusy(true);
    const answer = await settle(client().call("debug.node", { context, ...request }));
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    closeActionDialog();
    openDockTab({ kind: "shell", mode: "exec", ...answer.value }, request.node);
  }
  return (
    <ActionDialog
      title={`${titleOf(t, "node-shell")}: ${about}`}
      busy={busy}
      error={error}
      lines={[nodeDebugLine(context, request)]}
      confirm={t("actions.debug.open")}
      blocked={imageWrong(request.image) || namespaceWrong}
      onConfirm={() => void open(node.context)}
    >
      <p>{t("actions.debug.nodeWill")}</p>
      <DebugImage value={image} onChange={setImage} />
      <Field
        label={t("actions.debug.namespace")}
        value={namespace}
        mono
        onChange={(value) => setNamespace(value.trim())}
        error={namespaceWrong ? t("actions.debug.badNamespace") : undefined}
      />
      <ProfileSelect value={profile} onChange={setProfile} on="node" />
      {profile === "sysadmin" ? <Banner tone="warn" title={t("actions.debug.privileged")} /> : null}
    </ActionDialog>
  );
}

/** The image whose tools are wanted. */
export function DebugImage({ value, onChange }: { value: string; onChange: (image: string) => void }) {
  const { t } = useTranslation();
  const wrong = imageWrong(value.trim());
  return (
    <Field
      label={t("actions.debug.image")}
      value={value}
      mono
      onChange={onChange}
      error={wrong ? t("actions.image.wrong") : undefined}
    />
  );
}

export function ProfileSelect({
  value,
  onChange,
  on,
}: {
  value: DebugProfile;
  onChange: (value: DebugProfile) => void;
  on: "node" | "pod";
}) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("actions.debug.profile")}
      value={value}
      onChange={onChange}
      options={debugProfile.options.map((profile) => ({
        value: profile,
        label: `${profile}: ${t(`actions.debug.${on}Profile.${profile}`)}`,
      }))}
    />
  );
}
