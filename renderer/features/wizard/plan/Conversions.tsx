import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import { useTranslation } from "react-i18next";
import type { KfDefChange } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Card } from "../../../ui/Card.tsx";
import { ChevronRight, Search } from "../../../ui/icons.ts";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import { type ChangeGroup, groupChanges, shortened } from "./changes.ts";
import "./KfDefPlan.css";

/** What was changed so that this cluster takes the KfDef's objects: by kind, each object with its notes. */
export function Conversions({ changes }: { changes: readonly KfDefChange[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search, setSearch] = useState("");
  const groups = groupChanges(changes, search, language);
  const left = changes.filter(({ to }) => to === undefined).length;
  return (
    <Card
      title={t("kfdef.conversions.title", { count: changes.length })}
      aside={
        <SearchField className="search" aria-label={t("kfdef.conversions.search")} value={search} onChange={setSearch}>
          <Search aria-hidden size={14} />
          <Input placeholder={t("kfdef.conversions.search")} />
        </SearchField>
      }
      padded={false}
      className="conversions"
    >
      <p className="hint conversions-about">
        {t("kfdef.conversions.about")}
        {left > 0 ? ` ${t("kfdef.conversions.left", { count: left })}` : null}
      </p>
      <ul>
        {groups.map((group) => (
          <Group key={group.id} group={group} searched={search.trim() !== ""} />
        ))}
      </ul>
      {groups.length === 0 ? (
        <p className="hint conversions-about" role="status">
          {t("kfdef.conversions.none", { search })}
        </p>
      ) : null}
    </Card>
  );
}

/** How many objects of a group are drawn at once; the search finds the others. */
const shownAtMost = 200;

function Group({ group, searched }: { group: ChangeGroup; searched: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [opened, setOpened] = useState(false);
  const open = opened || (searched && group.changes.length <= 5);
  return (
    <li className={open ? "conversion-group conversion-open" : "conversion-group"}>
      <Button className="conversion-toggle" aria-expanded={open} onPress={() => setOpened(!open)}>
        <ChevronRight aria-hidden size={14} />
        <b>{group.kind}</b>
        <span className="mono conversion-from">{group.from}</span>
        <span aria-hidden>→</span>
        <span className="sr-only">{t("kfdef.conversions.becomes")}</span>
        {group.to === undefined ? (
          <Tag tone="warn" sign="△">
            {t("kfdef.conversions.leftOut")}
          </Tag>
        ) : (
          <span className="mono">{shortened(group.from, group.to)}</span>
        )}
        <span className="conversion-count">{group.changes.length}</span>
      </Button>
      {open ? (
        <ScrollRegion className="conversion-objects" label={`${group.kind} ${group.from}`}>
          <ul>
            {group.changes.slice(0, shownAtMost).map(({ component, object, notes }) => (
              <li key={`${component} ${object.namespace ?? ""}/${object.name}`}>
                <span className="mono">
                  {object.namespace === undefined ? "" : `${object.namespace}/`}
                  {object.name}
                </span>
                <span className="faint"> {component}</span>
                {notes.length > 0 ? (
                  <ul className="conversion-notes">
                    {notes.map((note) => {
                      const words = textOf(note, language);
                      return <li key={words}>{words}</li>;
                    })}
                  </ul>
                ) : null}
              </li>
            ))}
            {group.changes.length > shownAtMost ? (
              <li className="hint">{t("install.more", { count: group.changes.length - shownAtMost })}</li>
            ) : null}
          </ul>
        </ScrollRegion>
      ) : null}
    </li>
  );
}
