import { useTranslation } from "react-i18next";
import type { KfDefPlugin } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { editKfDef } from "../../../state/kfdef.ts";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { TriangleAlert } from "../../../ui/icons.ts";
import { RadioCards } from "../../../ui/RadioCards.tsx";
import { aboutField } from "./plugin-words.ts";
import { ValueField } from "./ValueField.tsx";

type PluginField = KfDefPlugin["fields"][number];

/** What a platform's plugin is told: how people sign in, and the fields of that. */
export function PluginForm({ plugin, locked }: { plugin: KfDefPlugin; locked: boolean }) {
  const { t } = useTranslation();
  const { kind, name, auth, auths, fields } = plugin;
  return (
    <>
      <header className="kfdef-form-head">
        <h2>{kind}</h2>
        <p className="mono faint">{name}</p>
      </header>
      <div className="kfdef-form-body">
        <p className="hint">{t("kfdef.pluginHint")}</p>
        {auths.length > 0 ? (
          <RadioCards
            label={t("settings.signIn")}
            columns={auths.length === 2 ? 2 : 3}
            value={auth ?? ""}
            onChange={(value) => {
              const chosen = auths.find((each) => each === value);
              if (chosen && !locked) void editKfDef({ type: "set-plugin-auth", plugin: name, auth: chosen });
            }}
            options={auths.map((each) => ({ value: each, title: t(`kfdef.auth.${each}`), isDisabled: locked }))}
          />
        ) : null}
        {fields.map((field) => (
          <PluginFieldRow key={field.path} plugin={name} field={field} locked={locked} />
        ))}
      </div>
    </>
  );
}

function PluginFieldRow({ plugin, field, locked }: { plugin: string; field: PluginField; locked: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { path, kind, value, required, problem } = field;
  const about = aboutField(t, path);
  const set = (next: string | string[] | boolean) =>
    void editKfDef({ type: "set-plugin-field", plugin, path, value: next });
  if (kind === "switch") {
    return (
      <CheckLine isSelected={value === true} isLocked={locked} onChange={set}>
        <span className="mono">{path}</span>
        {about ? <small className="hint kfdef-hint">{about}</small> : null}
      </CheckLine>
    );
  }
  const hint = [about, kind === "list" ? t("kfdef.listHint") : undefined].filter(Boolean).join(" ");
  return (
    <ValueField
      label={required ? `${path} *` : path}
      value={Array.isArray(value) ? value.join(", ") : String(value)}
      description={
        problem?.level === "warning" ? <Warning message={textOf(problem.said, language)} /> : hint || undefined
      }
      error={problem?.level === "error" ? textOf(problem.said, language) : undefined}
      isDisabled={locked}
      onCommit={(typed) =>
        set(
          kind === "list"
            ? typed
                .split(",")
                .map((part) => part.trim())
                .filter((part) => part !== "")
            : typed,
        )
      }
    />
  );
}

function Warning({ message }: { message: string }) {
  return (
    <span className="kfdef-field-warning">
      <TriangleAlert aria-hidden size={12} />
      {message}
    </span>
  );
}
