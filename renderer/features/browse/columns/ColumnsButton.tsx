import { Checkbox } from "react-aria-components/Checkbox";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import type { ResourceInfo, TableColumn } from "../../../../common/contract/index.ts";
import type { BrowsePlace } from "../../../state/route.ts";
import { useShownTable } from "../../../state/tables.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { ArrowDown, ArrowUp, Check, Columns3, X } from "../../../ui/icons.ts";
import { isShown, moveColumn, orderedColumns } from "./column-layout.ts";
import { OwnColumnForm } from "./OwnColumnForm.tsx";
import { setChoice, useChoice } from "./use-columns.ts";
import "./Columns.css";

/** Which columns are shown, in which order, and the user's own. */
export function ColumnsButton({ info, place }: { info: ResourceInfo; place: BrowsePlace }) {
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      <Button size="sm" className="head-tool" icon={<Columns3 aria-hidden />} data-columns>
        {t("browse.columns.button")}
      </Button>
      <Popover className="popup columns-popup" placement="bottom end">
        <div className="popup-dialog">
          <h2>{t("browse.columns.title")}</h2>
          <ColumnList info={info} place={place} />
          <OwnColumnForm info={info} place={place} />
        </div>
      </Popover>
    </DialogTrigger>
  );
}

function ColumnList({ info, place }: { info: ResourceInfo; place: BrowsePlace }) {
  const { t } = useTranslation();
  const columns = useShownTable((known) => known.state?.view?.columns) ?? [];
  const choice = useChoice(place.resource);
  const withNamespace = info.namespaced && place.namespaces.length !== 1;
  const [, ...entries] = orderedColumns(columns, choice, withNamespace);
  const names = entries.map(({ column }) => column.name);
  const hasWide = columns.some((column) => column.priority > 0);
  const show = (column: TableColumn, shown: boolean) =>
    setChoice(place.resource, {
      hidden: shown ? choice.hidden.filter((name) => name !== column.name) : [...choice.hidden, column.name],
      shown: shown ? [...new Set([...choice.shown, column.name])] : choice.shown.filter((name) => name !== column.name),
    });
  return (
    <>
      {hasWide ? (
        <Box
          selected={choice.wide}
          onChange={(wide) => setChoice(place.resource, { wide })}
          label={t("browse.columns.wide")}
        />
      ) : null}
      <ul className="columns-list">
        {entries.map(({ column }, at) => (
          <li key={column.name} className="columns-line">
            <Box
              selected={isShown(column, choice)}
              onChange={(shown) => show(column, shown)}
              label={column.name}
              note={column.description}
            />
            <IconButton
              label={t("browse.columns.left", { name: column.name })}
              isDisabled={at === 0}
              onPress={() => setChoice(place.resource, { order: moveColumn(names, column.name, -1) })}
            >
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              label={t("browse.columns.right", { name: column.name })}
              isDisabled={at === entries.length - 1}
              onPress={() => setChoice(place.resource, { order: moveColumn(names, column.name, 1) })}
            >
              <ArrowDown aria-hidden />
            </IconButton>
            {column.own ? (
              <IconButton
                label={t("browse.columns.remove", { name: column.name })}
                onPress={() =>
                  setChoice(place.resource, { own: choice.own.filter(({ name }) => name !== column.name) })
                }
              >
                <X aria-hidden />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
      <span className="popup-actions">
        <Button
          size="sm"
          variant="ghost"
          onPress={() => setChoice(place.resource, { order: [], hidden: [], shown: [], wide: false, widths: {} })}
        >
          {t("browse.columns.reset")}
        </Button>
      </span>
    </>
  );
}

function Box(props: { selected: boolean; onChange: (selected: boolean) => void; label: string; note?: string }) {
  return (
    <Checkbox className="choice-box" isSelected={props.selected} onChange={props.onChange}>
      <span className="choice-square" aria-hidden>
        <Check size={12} strokeWidth={3} />
      </span>
      <span className="choice-words">
        {props.label}
        {props.note ? <span className="choice-note">{props.note}</span> : null}
      </span>
    </Checkbox>
  );
}
