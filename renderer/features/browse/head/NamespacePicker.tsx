import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Checkbox } from "react-aria-components/Checkbox";
import { DialogTrigger } from "react-aria-components/Dialog";
import { GridList, GridListItem } from "react-aria-components/GridList";
import { Input } from "react-aria-components/Input";
import { Popover } from "react-aria-components/Popover";
import { TextField } from "react-aria-components/TextField";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../../common/contract/index.ts";
import { setBrowsePreferences, toggled, useBrowse, useBrowsePreferences } from "../../../state/browse.ts";
import { placeToBrowse } from "../../../state/place-to-browse.ts";
import { browse, lookAtNamespaces, useRoute } from "../../../state/route.ts";
import { Check, ChevronDown, Star } from "../../../ui/icons.ts";
import { wantGridFocus } from "../table/focus-grid.ts";
import { useNamespacesOpen } from "./namespaces-open.ts";
import { offeredNamespaces } from "./offered-namespaces.ts";
import "./NamespacePicker.css";

/** Which namespaces are looked at: one, several, the favourites, or all. Only there where lists are, and over the overview. */
export function NamespacePicker() {
  const { t } = useTranslation();
  const route = useRoute((state) => state.route);
  const last = useRoute((state) => state.lastBrowse);
  const open = useNamespacesOpen((state) => state.open);
  const context = useBrowse((state) => state.context);
  if (context === undefined || (route.place !== "overview" && (route.place !== "browse" || context !== route.context)))
    return null;
  const { namespaces } = route.place === "browse" ? route : placeToBrowse(last, context);
  const [first] = namespaces;
  const words =
    first === undefined
      ? t("browse.namespaces.all")
      : namespaces.length === 1
        ? first
        : t("browse.namespaces.several", { first, count: namespaces.length - 1 });
  return (
    <DialogTrigger isOpen={open} onOpenChange={(next) => useNamespacesOpen.setState({ open: next })}>
      <AriaButton className="chip namespace-chip">
        <span className="sr-only">{t("browse.namespaces.label")}</span>
        <span className="namespace-words">{words}</span>
        <ChevronDown aria-hidden size={13} />
      </AriaButton>
      <Popover className="popup namespace-popup" placement="bottom start">
        <div className="popup-dialog">
          <Chooser key={context} context={context} chosen={namespaces} />
        </div>
      </Popover>
    </DialogTrigger>
  );
}

const everything = "all namespaces";
const starred = "favourite namespaces";

/**
 * A field, and a grid below it: Enter looks at a namespace alone, Space at it beside the others; Right leads to its checkbox
 * and its star. The focus itself goes into the rows, not only a mark as in the palette: there is more than one thing to do
 * in each.
 */
function Chooser({ context, chosen }: { context: ContextId; chosen: readonly string[] }) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const known = useBrowse((state) => state.namespaces);
  const favourites = useBrowsePreferences().favouriteNamespaces[context] ?? [];
  // In the order of when it was opened: a star or a check moves nothing under the pointer.
  const [began] = useState({ chosen, favourites });
  const offered = useMemo(
    () => offeredNamespaces(known?.names ?? [], began.chosen, began.favourites, text),
    [known, began, text],
  );
  const look = (namespaces: readonly string[]) => {
    if (useRoute.getState().route.place === "overview") lookAtNamespaces(context, [...namespaces]);
    else browse({ namespaces: [...namespaces] });
  };
  const lookOnlyAt = (namespaces: readonly string[]) => {
    useNamespacesOpen.setState({ open: false });
    wantGridFocus();
    look(namespaces);
  };
  const typed = text.trim();
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") grid.current?.focus();
    else if (event.key === "Enter") {
      const name = offered.includes(typed) ? typed : (offered[0] ?? typed);
      if (name !== "") lookOnlyAt([name]);
    } else return;
    event.preventDefault();
  };
  const onRowKey = (event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement && event.target.role === "row" ? event.target : undefined;
    if (row === undefined) return;
    if (event.key === "ArrowUp" && row === grid.current?.querySelector('[role="row"]')) field.current?.focus();
    else if (event.key === " " && offered.includes(row.dataset.key ?? "")) look(toggled(chosen, row.dataset.key ?? ""));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="namespace-chooser">
      <TextField aria-label={t("browse.namespaces.filter")} value={text} onChange={setText} autoFocus>
        <Input
          ref={field}
          className="namespace-filter"
          spellCheck={false}
          autoComplete="off"
          placeholder={t("browse.namespaces.filter")}
          onKeyDown={onFieldKey}
        />
      </TextField>
      <div onKeyDownCapture={onRowKey}>
        <GridList
          ref={grid}
          className="namespace-list"
          aria-label={t("browse.namespaces.label")}
          onAction={(key) => lookOnlyAt(key === everything ? [] : key === starred ? favourites : [String(key)])}
          renderEmptyState={() => (
            <p className="namespace-none">
              {known?.allowed === false && typed !== ""
                ? t("browse.namespaces.enter", { name: typed })
                : t("browse.namespaces.none")}
            </p>
          )}
        >
          {typed === "" ? (
            <GridListItem id={everything} className="namespace-line" textValue={t("browse.namespaces.all")}>
              <span className="namespace-name" data-chosen={chosen.length === 0}>
                {t("browse.namespaces.all")}
              </span>
            </GridListItem>
          ) : null}
          {typed === "" && favourites.length > 1 ? (
            <GridListItem
              id={starred}
              className="namespace-line"
              textValue={t("browse.namespaces.favourites", { count: favourites.length })}
            >
              <span className="namespace-name">{t("browse.namespaces.favourites", { count: favourites.length })}</span>
            </GridListItem>
          ) : null}
          {offered.map((name) => (
            <NamespaceRow
              key={name}
              name={name}
              chosen={chosen.includes(name)}
              favourite={favourites.includes(name)}
              context={context}
              onToggle={() => look(toggled(chosen, name))}
            />
          ))}
        </GridList>
      </div>
      {known?.allowed === false ? <p className="namespace-none">{t("browse.namespaces.notAllowed")}</p> : null}
    </div>
  );
}

interface NamespaceRowProps {
  name: string;
  chosen: boolean;
  favourite: boolean;
  context: ContextId;
  onToggle: () => void;
}

function NamespaceRow({ name, chosen, favourite, context, onToggle }: NamespaceRowProps) {
  const { t } = useTranslation();
  const star = () =>
    setBrowsePreferences(({ favouriteNamespaces }) => ({
      favouriteNamespaces: { ...favouriteNamespaces, [context]: toggled(favouriteNamespaces[context] ?? [], name) },
    }));
  return (
    <GridListItem id={name} className="namespace-line" textValue={name}>
      <Checkbox
        className="namespace-check"
        isSelected={chosen}
        aria-label={t("browse.namespaces.with", { name })}
        onChange={onToggle}
      >
        <span className="choice-square" aria-hidden>
          <Check size={12} strokeWidth={3} />
        </span>
      </Checkbox>
      <span className="namespace-name" data-chosen={chosen} title={name}>
        {name}
      </span>
      <ToggleButton
        className="namespace-star"
        isSelected={favourite}
        aria-label={t("browse.namespaces.favourite", { name })}
        onChange={star}
      >
        <Star size={12} aria-hidden />
      </ToggleButton>
    </GridListItem>
  );
}
