import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
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

function Chooser({ context, chosen }: { context: ContextId; chosen: readonly string[] }) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState("");
  const known = useBrowse((state) => state.namespaces);
  const favourites = useBrowsePreferences().favouriteNamespaces[context] ?? [];
  // In the order of when it was opened: a star or a check moves nothing under the pointer.
  const [began] = useState({ chosen, favourites });
  const offered = useMemo(
    () => offeredNamespaces(known?.names ?? [], began.chosen, began.favourites, text),
    [known, began, text],
  );
  const look = (namespaces: readonly string[], close: boolean) => {
    if (close) {
      useNamespacesOpen.setState({ open: false });
      wantGridFocus();
    }
    if (useRoute.getState().route.place === "overview") lookAtNamespaces(context, [...namespaces]);
    else browse({ namespaces: [...namespaces] });
  };
  const typed = text.trim();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const stops = [...(list.current?.querySelectorAll<HTMLElement>(".namespace-name") ?? [])];
    const inList = document.activeElement instanceof HTMLElement ? stops.indexOf(document.activeElement) : -1;
    if (event.key === "ArrowDown") stops[Math.min(stops.length - 1, inList + 1)]?.focus();
    else if (event.key === "ArrowUp" && inList > 0) stops[inList - 1]?.focus();
    else if (event.key === "ArrowUp" && inList === 0) list.current?.parentElement?.querySelector("input")?.focus();
    else if (event.key === " " && inList !== -1) {
      const name = stops[inList]?.dataset.name;
      if (name !== undefined) look(toggled(chosen, name), false);
    } else if (event.key === "Enter" && inList === -1) {
      const [first] = offered;
      const name = offered.includes(typed) ? typed : (first ?? typed);
      if (name !== "") look([name], true);
    } else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows lead from the field into the list and back
    <div className="namespace-chooser" onKeyDown={onKeyDown}>
      <input
        // biome-ignore lint/a11y/noAutofocus: opened to type in it
        autoFocus
        className="namespace-filter"
        type="text"
        spellCheck={false}
        autoComplete="off"
        placeholder={t("browse.namespaces.filter")}
        aria-label={t("browse.namespaces.filter")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul ref={list} className="namespace-list">
        {typed === "" ? (
          <>
            <li className="namespace-line">
              <span className="namespace-check-space" />
              <button
                type="button"
                className="namespace-name"
                aria-current={chosen.length === 0}
                onClick={() => look([], true)}
              >
                {t("browse.namespaces.all")}
              </button>
            </li>
            {favourites.length > 1 ? (
              <li className="namespace-line">
                <span className="namespace-check-space" />
                <button type="button" className="namespace-name" onClick={() => look(favourites, true)}>
                  {t("browse.namespaces.favourites", { count: favourites.length })}
                </button>
              </li>
            ) : null}
          </>
        ) : null}
        {offered.map((name) => (
          <NamespaceLine
            key={name}
            name={name}
            checked={chosen.includes(name)}
            favourite={favourites.includes(name)}
            context={context}
            onOnly={() => look([name], true)}
            onToggle={() => look(toggled(chosen, name), false)}
          />
        ))}
      </ul>
      {offered.length === 0 && typed !== "" ? (
        <p className="namespace-none">
          {known?.allowed === false ? t("browse.namespaces.enter", { name: typed }) : t("browse.namespaces.none")}
        </p>
      ) : null}
      {known?.allowed === false ? <p className="namespace-none">{t("browse.namespaces.notAllowed")}</p> : null}
    </div>
  );
}

function NamespaceLine(props: {
  name: string;
  checked: boolean;
  favourite: boolean;
  context: ContextId;
  onOnly: () => void;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const { name, checked, favourite, context } = props;
  const star = () =>
    setBrowsePreferences(({ favouriteNamespaces }) => ({
      favouriteNamespaces: { ...favouriteNamespaces, [context]: toggled(favouriteNamespaces[context] ?? [], name) },
    }));
  return (
    <li className="namespace-line">
      <label className="namespace-check">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={checked}
          aria-label={t("browse.namespaces.with", { name })}
          onChange={props.onToggle}
        />
        <span className="choice-square" aria-hidden>
          <Check size={12} strokeWidth={3} />
        </span>
      </label>
      <button
        type="button"
        className="namespace-name"
        data-name={name}
        aria-current={checked}
        title={name}
        onClick={props.onOnly}
      >
        {name}
      </button>
      <button
        type="button"
        className={favourite ? "namespace-star namespace-star-on" : "namespace-star"}
        aria-pressed={favourite}
        aria-label={t("browse.namespaces.favourite", { name })}
        onClick={star}
      >
        <Star size={12} aria-hidden />
      </button>
    </li>
  );
}
