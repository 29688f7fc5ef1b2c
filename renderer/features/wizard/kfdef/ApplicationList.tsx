import { useState } from "react";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem, ListBoxSection } from "react-aria-components/ListBox";
import { SearchField } from "react-aria-components/SearchField";
import { useTranslation } from "react-i18next";
import type { KfDefApplication, KfDefDocument } from "../../../../common/contract/index.ts";
import { useKfDef } from "../../../state/kfdef.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { Plus, Search } from "../../../ui/icons.ts";
import { AddApplication } from "./AddApplication.tsx";
import { asApplication, type Part, partKey, parts } from "./parts.ts";

export interface ApplicationListProps {
  document: KfDefDocument;
  part: Part;
  locked: boolean;
  onChoose: (part: Part) => void;
  onRemove: (application: string) => void;
  onMove: (application: string, by: -1 | 1) => void;
}

/** The applications in the order in which they are applied, then the plugins and secrets. Alt and an arrow move one. */
export function ApplicationList({ document, part, locked, onChoose, onRemove, onMove }: ApplicationListProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [adding, setAdding] = useState(false);
  const all = parts(document);
  const keys = all.map(partKey);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = document.applications
    .map((application, index) => ({ application, number: index + 1, id: keys[index] ?? "" }))
    .filter(({ application }) =>
      words.every((word) => `${application.name} ${application.path}`.toLowerCase().includes(word)),
    );
  const given = useKfDef((state) => state.secrets);
  const missing = document.secrets.filter(({ name, source }) => source === "literal" && !given[name]).length;
  const onKey = (event: React.KeyboardEvent) => {
    if (locked || part.kind !== "application") return;
    const by = event.altKey && (event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : undefined);
    if (by) {
      event.preventDefault();
      event.stopPropagation();
      onMove(part.name, by);
    } else if (event.key === "Delete") {
      event.preventDefault();
      onRemove(part.name);
    }
  };
  return (
    <section className="card kfdef-list" aria-label={t("kfdef.contents")}>
      <div className="kfdef-list-head">
        <SearchField className="search" aria-label={t("kfdef.search")} value={search} onChange={setSearch}>
          <Search aria-hidden size={14} />
          <Input placeholder={t("kfdef.search")} />
        </SearchField>
        <IconButton
          size="sm"
          variant="default"
          label={t("kfdef.add.open")}
          isDisabled={locked}
          aria-expanded={adding}
          onPress={() => setAdding(!adding)}
        >
          <Plus aria-hidden />
        </IconButton>
      </div>
      {adding ? (
        <AddApplication
          document={document}
          onClose={() => setAdding(false)}
          onAdded={(name) => {
            setAdding(false);
            setSearch("");
            onChoose(asApplication(name));
          }}
        />
      ) : null}
      <div className="kfdef-list-scroll" onKeyDownCapture={onKey}>
        <ListBox
          aria-label={t("kfdef.contents")}
          className="kfdef-items"
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={[partKey(part)]}
          onSelectionChange={(selected) => {
            const chosen = all.find((each) => selected === "all" || selected.has(partKey(each)));
            if (chosen) onChoose(chosen);
          }}
          renderEmptyState={() => <p className="hint kfdef-stale">{t("kfdef.noMatch", { search })}</p>}
        >
          {shown.length > 0 ? (
            <ListBoxSection>
              <Header className="kfdef-section">{t("kfdef.inOrder")}</Header>
              {shown.map(({ application, number, id }) => (
                <Item key={id} id={id} application={application} number={number} />
              ))}
            </ListBoxSection>
          ) : null}
          {document.plugins.length > 0 && words.length === 0 ? (
            <ListBoxSection>
              <Header className="kfdef-section">{t("kfdef.plugins")}</Header>
              {document.plugins.map(({ kind, name, fields }, index) => (
                <ListBoxItem
                  key={keys[document.applications.length + index]}
                  id={keys[document.applications.length + index] ?? ""}
                  className="kfdef-item"
                  textValue={`${kind} ${name}`}
                >
                  <span className="kfdef-item-name">{kind}</span>
                  <Problems count={fields.filter(({ problem }) => problem !== undefined).length} />
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ) : null}
          {document.secrets.length > 0 && words.length === 0 ? (
            <ListBoxSection>
              <Header className="kfdef-section">{t("kfdef.secrets.title")}</Header>
              <ListBoxItem id={keys.at(-1) ?? ""} className="kfdef-item" textValue={t("kfdef.secrets.title")}>
                <span className="kfdef-item-name">{t("kfdef.secrets.count", { count: document.secrets.length })}</span>
                <Problems count={missing} />
              </ListBoxItem>
            </ListBoxSection>
          ) : null}
        </ListBox>
      </div>
      <p className="hint kfdef-keys">{t("kfdef.keys")}</p>
    </section>
  );
}

function Item({ id, application, number }: { id: string; application: KfDefApplication; number: number }) {
  const { name } = application;
  return (
    <ListBoxItem id={id} className="kfdef-item" textValue={name}>
      <span className="kfdef-number" aria-hidden>
        {number}
      </span>
      <span className="kfdef-item-name">{name}</span>
    </ListBoxItem>
  );
}

function Problems({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className="poor">
      <span aria-hidden>! {count}</span>
      <span className="sr-only">, {t("settings.summary", { count })}</span>
    </span>
  );
}
