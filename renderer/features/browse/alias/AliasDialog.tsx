import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBrowse, useBrowsePreferences } from "../../../state/browse.ts";
import { kindName } from "../../../state/kind-name.ts";
import { resourceKey } from "../../../state/resource-key.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Field } from "../../../ui/Field.tsx";
import { X } from "../../../ui/icons.ts";
import { namedKind } from "../parse-command-line.ts";
import { aliasClash, aliasLine, keepAlias, removeAlias, useAliasDialog } from "./aliases.ts";
import "./AliasDialog.css";

/** The user's own words for lists: what there are, and one more. */
export function AliasDialog() {
  const { t } = useTranslation();
  const open = useAliasDialog((state) => state.open);
  const { aliases } = useBrowsePreferences();
  const list = useRef<HTMLDivElement>(null);
  if (!open) return null;
  const close = () => useAliasDialog.setState({ open: false });
  const remove = (name: string) => {
    removeAlias(name);
    // The button is gone: the focus stays in the dialog.
    list.current?.focus();
  };
  return (
    <Dialog
      title={t("browse.alias.title")}
      onClose={close}
      footer={<Button onPress={close}>{t("browse.keys.close")}</Button>}
    >
      <div ref={list} tabIndex={-1} className="alias-list">
        {aliases.length === 0 ? (
          <p className="faint">{t("browse.alias.none")}</p>
        ) : (
          <ul>
            {aliases.map((alias) => (
              <li key={alias.name} className="alias-line">
                <b className="mono">:{alias.name}</b>
                <span className="mono alias-means">{aliasLine(alias)}</span>
                <IconButton label={t("browse.alias.remove", { name: alias.name })} onPress={() => remove(alias.name)}>
                  <X size={13} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </div>
      <AliasForm />
    </Dialog>
  );
}

const empty = { name: "", kind: "", namespaces: "", filter: "" };

function AliasForm() {
  const { t } = useTranslation();
  const served = useBrowse((state) => state.kinds) ?? [];
  const { aliases } = useBrowsePreferences();
  const [typed, setTyped] = useState(empty);
  const name = typed.name.trim().replace(/^:/, "");
  const kind = typed.kind.trim();
  const info = namedKind(kind, served);
  const clash = aliasClash(name, served, aliases);
  const nameProblem = /[\s:/]/.test(name)
    ? t("browse.alias.spaces")
    : clash?.with === "command"
      ? t("browse.alias.clashCommand", { name })
      : undefined;
  const nameHint =
    clash?.with === "kind"
      ? `△ ${t("browse.alias.clashKind", { name, kind: kindName(t, clash.info) })}`
      : clash?.with === "alias"
        ? t("browse.alias.replaces")
        : t("browse.alias.nameHint");
  const ready = name !== "" && nameProblem === undefined && info !== undefined;
  const write = (part: keyof typeof empty) => (text: string) => setTyped((known) => ({ ...known, [part]: text }));
  const keep = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    keepAlias({
      name,
      resource: resourceKey(info),
      namespaces: typed.namespaces.split(/[\s,]+/).filter(Boolean),
      filter: typed.filter.trim().replace(/^\//, ""),
    });
    setTyped(empty);
  };
  return (
    <form className="alias-form" aria-label={t("browse.alias.form")} onSubmit={keep}>
      <Field
        label={t("browse.alias.name")}
        value={typed.name}
        onChange={write("name")}
        description={nameHint}
        error={nameProblem}
        mono
      />
      <Field
        label={t("browse.alias.kind")}
        value={typed.kind}
        onChange={write("kind")}
        description={info ? kindName(t, info) : t("browse.alias.kindHint")}
        error={kind !== "" && served.length > 0 && !info ? t("browse.alias.notServed", { kind }) : undefined}
        mono
      />
      <Field
        label={t("browse.alias.namespaces")}
        value={typed.namespaces}
        onChange={write("namespaces")}
        description={t("browse.alias.namespacesHint")}
        mono
      />
      <Field
        label={t("browse.alias.filter")}
        value={typed.filter}
        onChange={write("filter")}
        description={t("browse.alias.filterHint")}
        mono
      />
      <Button type="submit" variant="primary" isDisabled={!ready}>
        {t("browse.alias.add")}
      </Button>
    </form>
  );
}
