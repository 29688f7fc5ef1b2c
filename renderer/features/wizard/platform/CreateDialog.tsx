import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type AppError,
  type ManagedPlatform,
  type PlatformAction,
  platformAction,
  type ReleaseInfo,
} from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useDraft } from "../../../state/draft.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { NumberInput } from "../../../ui/NumberInput.tsx";
import { currentRelease } from "../current-step.ts";
import { runAction } from "./actions.ts";
import { Prepared } from "./Prepared.tsx";

export interface CreateDialogProps {
  platform: ManagedPlatform;
  /** Of a cloud: where one would be created. */
  region?: string;
  account?: string | undefined;
  onClose: () => void;
}

interface Form {
  name: string;
  region: string;
  nodes: number;
  cpu: number;
  memoryGiB: number;
  diskGiB: number;
  kubernetes: string;
}

/** Creates a cluster with what the release needs; the commands are shown as they will run before anything does. */
export function CreateDialog({ platform, region, account, onClose }: CreateDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const release = useDraft((draft) => currentRelease(draft));
  const [form, setForm] = useState(() => firstForm(release, region));
  const [error, setError] = useState<AppError>();
  const set = (change: Partial<Form>) => setForm((before) => ({ ...before, ...change }));
  const { region: where, kubernetes, ...rest } = form;
  const asked = platformAction.safeParse({
    action: "create",
    platform,
    ...rest,
    ...(region === undefined ? {} : { region: where }),
    ...(account === undefined ? {} : { account }),
    ...(kubernetes === "" ? {} : { kubernetes }),
  });
  const request: PlatformAction | undefined = asked.success ? asked.data : undefined;
  const wrong = new Set(asked.success ? [] : asked.error.issues.map(({ path }) => path[0]));
  const prepared = useCall("platforms.prepare", request);
  async function run(): Promise<void> {
    if (request === undefined || prepared.value === undefined) return;
    const failed = await runAction(request, prepared.value.digest, {
      title: t("platforms.job.create", { name: request.name }),
    });
    if (failed === undefined) onClose();
    else setError(failed);
  }
  return (
    <Dialog
      title={t("platforms.create.title", { tool: tools[platform] ?? platform })}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button variant="primary" isDisabled={prepared.value === undefined} onPress={() => void run()}>
            {t("platforms.create.confirm")}
          </Button>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
        </>
      }
    >
      <div className="platform-form">
        <Field
          label={t("platforms.create.name")}
          value={form.name}
          onChange={(name) => set({ name })}
          error={wrong.has("name") ? t("platforms.create.badName") : undefined}
          autoComplete="off"
          mono
        />
        {region === undefined ? null : (
          <Field
            label={t("platforms.create.region")}
            value={form.region}
            onChange={(value) => set({ region: value })}
            description={t("platforms.create.regionHint", { example: examples[platform] ?? "" })}
            autoComplete="off"
            mono
          />
        )}
        <Field
          label={t("platforms.create.kubernetes")}
          value={form.kubernetes}
          onChange={(value) => set({ kubernetes: value.trim() })}
          error={wrong.has("kubernetes") ? t("platforms.create.badVersion") : undefined}
          {...(release
            ? {
                description: t("platforms.create.kubernetesHint", {
                  release: release.title[language],
                  version: release.kubernetesMin,
                }),
              }
            : {})}
          autoComplete="off"
          mono
        />
        <NumberInput
          label={t("platforms.create.nodes")}
          value={form.nodes}
          min={1}
          max={20}
          onChange={(nodes) => set({ nodes })}
        />
        <NumberInput
          label={t("platforms.create.cpu")}
          value={form.cpu}
          min={1}
          max={96}
          onChange={(cpu) => set({ cpu })}
        />
        <NumberInput
          label={t("platforms.create.memory")}
          value={form.memoryGiB}
          min={2}
          max={768}
          onChange={(memoryGiB) => set({ memoryGiB })}
        />
        <NumberInput
          label={t("platforms.create.disk")}
          value={form.diskGiB}
          min={10}
          max={2000}
          onChange={(diskGiB) => set({ diskGiB })}
        />
      </div>
      {prepared.error ? <ErrorBanner error={prepared.error} /> : null}
      {error ? <ErrorBanner error={error} /> : null}
      {prepared.value ? <Prepared prepared={prepared.value} /> : null}
    </Dialog>
  );
}

/** What creates it, where that is called otherwise. */
const tools: Partial<Record<ManagedPlatform, string>> = { eks: "eksctl", gke: "gcloud", aks: "az" };

const examples: Partial<Record<ManagedPlatform, string>> = {
  eks: "ap-northeast-2",
  gke: "asia-northeast3-a",
  aks: "koreacentral",
};

/** With room for what people will run beside what the release recommends. */
function firstForm(release: ReleaseInfo | undefined, region: string | undefined): Form {
  const { cpu = 8, memoryGiB = 16, diskGiB = 60 } = release?.recommended ?? {};
  return {
    name: "kubeflow",
    region: region ?? "",
    nodes: region === undefined ? 1 : 3,
    ...{ cpu, memoryGiB, diskGiB },
    kubernetes: release?.kubernetesMin ?? "",
  };
}
