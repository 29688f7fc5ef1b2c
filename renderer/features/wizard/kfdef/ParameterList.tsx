import { useState } from "react";
import { useTranslation } from "react-i18next";
import { editKfDef } from "../../../state/kfdef.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Plus, X } from "../../../ui/icons.ts";
import { parameterRows } from "./parts.ts";
import { ValueField } from "./ValueField.tsx";

interface Parameter {
  name: string;
  value: string;
}

export interface ParameterListProps {
  application: string;
  parameters: readonly Parameter[];
  /** What the application's folder has. */
  offered: readonly Parameter[];
  /** Whether the folder's answer is there, on the way, or was refused. */
  folder: "known" | "looking" | "unknown";
  locked: boolean;
}

/** The parameters of an application: those that the file sets, and what the folder says where it sets none. */
export function ParameterList({ application, parameters, offered, folder, locked }: ParameterListProps) {
  const { t } = useTranslation();
  const rows = parameterRows(parameters, offered);
  const set = (name: string, value: string | undefined) =>
    void editKfDef({ type: "set-parameter", application, name, ...(value === undefined ? {} : { value }) });
  return (
    <fieldset className="kfdef-group">
      <legend className="section-title">{t("kfdef.parameters")}</legend>
      <p className="hint">{t("kfdef.parametersHint")}</p>
      <ul className="kfdef-parameters">
        {rows.map(({ name, value, folder: own }) => (
          <li key={name} className={value === undefined ? "kfdef-parameter-default" : undefined}>
            <ValueField
              label={name}
              value={value ?? ""}
              placeholder={own === undefined ? "" : own === "" ? t("kfdef.emptyValue") : own}
              description={
                value !== undefined && own !== undefined && own !== value
                  ? t("kfdef.folderSays", { value: own === "" ? t("kfdef.emptyValue") : own })
                  : undefined
              }
              isDisabled={locked}
              onCommit={(next) => {
                // an empty field of a parameter that is not set leaves it unset
                if (value !== undefined || next !== "") set(name, next);
              }}
            />
            {value === undefined ? null : (
              <IconButton
                size="sm"
                label={t("kfdef.unset", { name })}
                isDisabled={locked}
                onPress={() => set(name, undefined)}
              >
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {rows.length === 0 && folder !== "unknown" ? (
        <p className="muted">{folder === "looking" ? t("kfdef.lookingInFolder") : t("kfdef.noParameters")}</p>
      ) : null}
      <AddParameter names={rows.map(({ name }) => name)} locked={locked} onAdd={set} />
    </fieldset>
  );
}

interface AddParameterProps {
  names: readonly string[];
  locked: boolean;
  onAdd: (name: string, value: string) => void;
}

function AddParameter({ names, locked, onAdd }: AddParameterProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const taken = names.includes(name.trim());
  if (!open) {
    return (
      <Button size="sm" variant="ghost" icon={<Plus aria-hidden />} isDisabled={locked} onPress={() => setOpen(true)}>
        {t("kfdef.addParameter")}
      </Button>
    );
  }
  const close = () => {
    setOpen(false);
    setName("");
    setValue("");
  };
  return (
    <form
      className="kfdef-add-parameter"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "" || taken) return;
        onAdd(name.trim(), value);
        close();
      }}
    >
      <Field
        label={t("settings.name")}
        value={name}
        onChange={setName}
        error={taken ? t("kfdef.parameterTaken") : undefined}
        autoComplete="off"
        mono
      />
      <Field label={t("kfdef.value")} value={value} onChange={setValue} autoComplete="off" mono />
      <div className="kfdef-add-buttons">
        <Button size="sm" variant="primary" type="submit" isDisabled={name.trim() === "" || taken}>
          {t("kfdef.add.confirm")}
        </Button>
        <Button size="sm" onPress={close}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
