import { useTranslation } from "react-i18next";
import { type KfDefDraft, setKfDefDraft, useDraft } from "../../../state/draft.ts";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { Field } from "../../../ui/Field.tsx";
import { RadioCards } from "../../../ui/RadioCards.tsx";
import { Differences } from "./Differences.tsx";
import { FileFound } from "./FileFound.tsx";
import "./KfDefSettings.css";

export interface KfDefSettingsProps {
  /** What is wrong with the file's address, once that may be said. */
  error: string | undefined;
  onUsed: () => void;
}

/** Which KfDef: with or without a sign-in, or a file of one's own; and whether it is made fit for today's clusters. */
export function KfDefSettings({ error, onUsed }: KfDefSettingsProps) {
  const { t } = useTranslation();
  const { file, ownUri, modernise } = useDraft((state) => state.kfdef);
  const files: KfDefDraft["file"][] = ["standard", "dex", "own"];
  return (
    <>
      <div>
        <RadioCards
          label={t("settings.signIn")}
          value={file}
          onChange={(value) => {
            const chosen = files.find((id) => id === value);
            if (chosen) setKfDefDraft({ file: chosen });
          }}
          options={files.map((id) => ({
            value: id,
            title: t(`kfdef.file.${id}.title`),
            note: t(`kfdef.file.${id}.note`),
          }))}
        />
        {file === "own" ? null : <Differences chosen={file} />}
      </div>
      {file === "own" ? (
        <Field
          id="field-configUri"
          label={t("settings.configUri")}
          code="CONFIG_URI"
          value={ownUri}
          onChange={(uri) => {
            onUsed();
            setKfDefDraft({ ownUri: uri });
          }}
          onBlur={onUsed}
          error={error}
          description={t("kfdef.ownHint")}
          placeholder="/home/user/kfctl_k8s_istio.v1.0.0.yaml"
          autoComplete="off"
          mono
        />
      ) : null}
      <FileFound />
      <div className="kfdef-modernise">
        <CheckLine isSelected={modernise} onChange={(on) => setKfDefDraft({ modernise: on })}>
          <b>{t("kfdef.modernise.title")}</b>
          <small>{t(modernise ? "kfdef.modernise.on" : "kfdef.modernise.off")}</small>
        </CheckLine>
      </div>
    </>
  );
}
