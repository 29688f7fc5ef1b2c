import { useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { Label } from "react-aria-components/Label";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";
import { useTranslation } from "react-i18next";
import type { SignInChange } from "../../../../common/contract/index.ts";
import { decodeTable } from "../../../../common/text/index.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Upload } from "../../../ui/icons.ts";

const mostBytes = 1_000_000;

export interface ImportFormProps {
  onSend: (change: SignInChange) => void;
  onBack: () => void;
}

/** A list of people, as a file or pasted. */
export function ImportForm({ onSend, onBack }: ImportFormProps) {
  const { t } = useTranslation();
  const [list, setList] = useState("");
  const [problem, setProblem] = useState<string>();
  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    if (file.size > mostBytes) return setProblem(t("people.fileTooLarge"));
    try {
      setList(decodeTable(new Uint8Array(await file.arrayBuffer())));
      setProblem(undefined);
    } catch {
      setProblem(t("people.fileUnreadable"));
    }
  }
  return (
    <div className="people-form">
      <h3>{t("people.importTitle")}</h3>
      <p>{t("people.importText")}</p>
      {problem ? <Banner tone="bad" title={problem} live /> : null}
      <div className="people-buttons">
        <FileTrigger
          acceptedFileTypes={[".csv", ".tsv", ".txt", "text/csv"]}
          onSelect={(files) => void read(files?.[0])}
        >
          <Button icon={<Upload aria-hidden />}>{t("people.chooseFile")}</Button>
        </FileTrigger>
      </div>
      <TextField className="field" value={list} onChange={setList} spellCheck="false" maxLength={mostBytes}>
        <Label className="field-label">{t("people.paste")}</Label>
        <TextArea className="people-text mono" rows={8} placeholder="email,name,password" />
      </TextField>
      <div className="people-buttons">
        <Button variant="primary" isDisabled={list.trim() === ""} onPress={() => onSend({ do: "import", text: list })}>
          {t("people.review")}
        </Button>
        <Button onPress={onBack}>{t("common.back")}</Button>
      </div>
    </div>
  );
}
