import { useTranslation } from "react-i18next";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { Field } from "../../../ui/Field.tsx";
import type { FieldName } from "./validate.ts";

export interface ImagesFieldsProps {
  errorOf: (field: FieldName) => string | undefined;
  onUsed: (field: FieldName) => void;
}

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
          placeholder="registry-pull"
          description={t("registries.wizard.secretHint")}
          error={errorOf("pullSecret")}
          autoComplete="off"
          mono
        />
      </div>
    </Disclosure>
  );
}
