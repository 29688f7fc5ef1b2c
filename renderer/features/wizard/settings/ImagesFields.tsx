import { useTranslation } from "react-i18next";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { Field } from "../../../ui/Field.tsx";
import type { FieldName } from "./validate.ts";

export interface ImagesFieldsProps {
  errorOf: (field: FieldName) => string | undefined;
  onUsed: (field: FieldName) => void;
}

const usualSecret = "registry-pull";

/** From which registry the cluster pulls its images, and with which pull secret. */
export function ImagesFields({ errorOf, onUsed }: ImagesFieldsProps) {
  const { t } = useTranslation();
  const prefix = useDraft((state) => state.imagePrefix);
  const secret = useDraft((state) => state.pullSecret);
  return (
    <Disclosure
      level={2}
      title={t("registries.wizard.title")}
      aside={prefix === "" ? t("registries.wizard.origin") : prefix}
    >
      <Connected
        onChosen={(host) => {
          onUsed("imagePrefix");
          onUsed("pullSecret");
          setDraft({ imagePrefix: `${host}/kubeflow`, pullSecret: secret === "" ? usualSecret : secret });
        }}
      />
      <div className="settings-two">
        <Field
          id="field-imagePrefix"
          label={t("settings.imagePrefix")}
          value={prefix}
          onChange={(value) => {
            onUsed("imagePrefix");
            setDraft({ imagePrefix: value.trim() });
          }}
          placeholder="registry.example/kubeflow"
          description={t("registries.wizard.prefixHint")}
          error={errorOf("imagePrefix")}
          autoComplete="off"
          mono
        />
        <Field
          id="field-pullSecret"
          label={t("settings.pullSecret")}
          value={secret}
          onChange={(value) => {
            onUsed("pullSecret");
            setDraft({ pullSecret: value.trim() });
          }}
          placeholder={usualSecret}
          description={t("registries.wizard.secretHint")}
          error={errorOf("pullSecret")}
          autoComplete="off"
          mono
        />
      </div>
    </Disclosure>
  );
}

/** The registries whose credentials the installation can write. */
function Connected({ onChosen }: { onChosen: (host: string) => void }) {
  const { t } = useTranslation();
  const { value } = useCall("registries.list", {});
  if (value === undefined) return null;
  if (value.registries.length === 0) return <p className="muted">{t("registries.wizard.noneConnected")}</p>;
  return (
    <ul aria-label={t("registries.wizard.connectedLabel")} className="settings-registries">
      {value.registries.map(({ host }) => (
        <li key={host}>
          <Button size="sm" onPress={() => onChosen(host)}>
            {t("registries.wizard.connected", { host })}
          </Button>
        </li>
      ))}
    </ul>
  );
}
