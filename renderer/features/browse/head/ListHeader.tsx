import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ResourceInfo } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { toggleSidebar, useBrowse } from "../../../state/browse.ts";
import { service } from "../../../state/contributions.tsx";
import { type BrowsePlace, browse } from "../../../state/route.ts";
import { useShownTable } from "../../../state/tables.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { useFormat } from "../../../ui/format.ts";
import { PanelLeft, Plus, X } from "../../../ui/icons.ts";
import { Tag } from "../../../ui/Tag.tsx";
import { ColumnsButton } from "../columns/ColumnsButton.tsx";
import { focusGrid } from "../table/focus-grid.ts";
import { SaveViewButton } from "../views/SaveViewButton.tsx";
import { SelectorsButton } from "./SelectorsButton.tsx";
import { parseSelector } from "./selector-text.ts";
import { Trail } from "./Trail.tsx";
import "./ListHeader.css";

/** What is listed, how much of it, how well it is, and what of it is looked at. */
export function ListHeader({ info, place }: { info: ResourceInfo; place: BrowsePlace }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const text = service("objectText");
  const view = useShownTable((known) => known.state?.view);
  const sidebar = useBrowse((known) => known.sidebar);
  const faults = place.faults ?? false;
  const narrowed = view !== undefined && (place.filter || faults) && view.matched !== view.total;
  const faultButton = (count: number, tone: "bad" | "warn", sign: string, words: string) =>
    count > 0 || (faults && tone === "bad") ? (
      <button
        type="button"
        className={faults ? "fault fault-on" : "fault"}
        aria-pressed={faults}
        title={t(faults ? "browse.faults.showAll" : "browse.faults.showOnly")}
        onClick={() => browse({ faults: !faults }, { replace: true })}
      >
        <span aria-hidden>
          <Tag tone={tone} sign={sign}>
            {format.number(count)}
          </Tag>
        </span>
        <span className="sr-only">{words}</span>
      </button>
    ) : null;
  return (
    <header className="list-head">
      <IconButton
        label={t(sidebar ? "browse.command.hideKinds" : "browse.command.showKinds")}
        className="list-kinds"
        aria-expanded={sidebar}
        onPress={toggleSidebar}
      >
        <PanelLeft aria-hidden />
      </IconButton>
      <Trail info={info} place={place} />
      <span className="list-counts">
        {view ? (
          <>
            <Tag>
              {narrowed
                ? t("browse.list.some", { matched: format.number(view.matched), total: format.number(view.total) })
                : format.number(view.total)}
            </Tag>
            {faultButton(view.bad, "bad", "!", t("browse.faults.bad", { count: view.bad }))}
            {faultButton(view.warn, "warn", "△", t("browse.faults.warn", { count: view.warn }))}
          </>
        ) : (
          <Tag>…</Tag>
        )}
      </span>
      <FilterBox place={place} problem={view?.filterProblem && visibleBidi(textOf(view.filterProblem, language))} />
      <Chip name={t("browse.selectors.labels")} value={place.labels} onRemove={() => browse({ labels: undefined })} />
      <Chip name={t("browse.selectors.fields")} value={place.fields} onRemove={() => browse({ fields: undefined })} />
      <span className="grow" />
      {text ? (
        <Button size="sm" className="head-tool" icon={<Plus aria-hidden />} onPress={() => text.create()}>
          {t("yaml.createTitle")}
        </Button>
      ) : null}
      <SelectorsButton key={`${place.labels}|${place.fields}`} place={place} />
      <ColumnsButton info={info} place={place} />
      <SaveViewButton place={place} />
    </header>
  );
}

function Chip({ name, value, onRemove }: { name: string; value: string | undefined; onRemove: () => void }) {
  const { t } = useTranslation();
  if (!value) return null;
  return (
    <span className="chip-tag" title={value}>
      <span className="faint">{name}</span>
      <span className="mono">{value}</span>
      <button type="button" aria-label={t("browse.selectors.remove", { name })} onClick={onRemove}>
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}

/** The filter, as typed after `/`. Enter and arrow down go to the rows; Escape empties it, then goes there, too. */
function FilterBox({ place, problem }: { place: BrowsePlace; problem: string | undefined }) {
  const { t } = useTranslation();
  const matched = useShownTable((known) => known.state?.view?.matched);
  const input = useRef<HTMLInputElement>(null);
  const text = place.filter ?? "";
  const write = (filter: string) => browse({ filter: filter === "" ? undefined : filter }, { replace: true });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const selector = parseSelector(text);
    if (event.key === "Enter" && selector !== undefined)
      browse({ filter: undefined, labels: selector === "" ? undefined : selector });
    else if (event.key === "Escape" && text !== "") write("");
    else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "Escape") focusGrid();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className={problem ? "filter filter-problem" : "filter"}>
      <span aria-hidden className="filter-slash">
        /
      </span>
      <input
        ref={input}
        className="filter-input mono"
        type="text"
        spellCheck={false}
        autoComplete="off"
        data-filter
        value={text}
        placeholder={t("browse.filter.placeholder")}
        aria-label={t("browse.filter.label")}
        aria-invalid={problem !== undefined}
        aria-describedby="filter-said"
        title={t("browse.filter.help")}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span id="filter-said" className="sr-only" role="status">
        {problem ?? (text === "" || matched === undefined ? "" : t("browse.filter.found", { count: matched }))}
      </span>
      {text === "" ? null : (
        <button
          type="button"
          className="filter-clear"
          aria-label={t("browse.filter.clear")}
          onClick={() => {
            write("");
            input.current?.focus();
          }}
        >
          <X size={13} aria-hidden />
        </button>
      )}
      {problem ? (
        <span className="filter-words" aria-hidden>
          {problem}
        </span>
      ) : null}
    </search>
  );
}
