import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem, ListBoxSection } from "react-aria-components/ListBox";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { TextField } from "react-aria-components/TextField";
import { useTranslation } from "react-i18next";
import { client, settle } from "../state/client.ts";
import { useCluster } from "../state/cluster.ts";
import { contributions } from "../state/contributions.tsx";
import { closePalette, type FoundObject, type PaletteItem, usePalette } from "../state/palette.ts";
import { Search } from "../ui/icons.ts";
import { Kbd } from "../ui/Kbd.tsx";
import { shownKey } from "../ui/key-names.ts";
import { onMac } from "../ui/shortcut.ts";
import { type Found, findItems, lineItems, paletteItems, recentIds, rememberUse } from "./palette-items.ts";
import "./Palette.css";

/** Finds everything by its words: commands, kinds, namespaces, contexts, views, objects. */
export function Palette() {
  const open = usePalette((state) => state.open);
  return (
    <ModalOverlay
      className="palette-overlay"
      isOpen={open}
      onOpenChange={(next) => usePalette.setState({ open: next })}
      isDismissable
    >
      <Modal className="palette">
        <PaletteContent />
      </Modal>
    </ModalOverlay>
  );
}

function PaletteContent() {
  const { t } = useTranslation();
  const [text, setText] = useState(usePalette.getState().text);
  const list = useRef<HTMLDivElement>(null);
  const items = useMemo(() => paletteItems(t), [t]);
  const recent = useMemo(recentIds, []);
  const asLine = text.startsWith(":");
  const found = useMemo(
    () => (asLine ? lineItems(t, text, items, recent) : findItems(items, text, recent)),
    [t, asLine, text, items, recent],
  );
  const objects = useObjects(asLine ? "" : text.trim());
  const shown = useMemo(() => [...found, ...objects], [found, objects]);

  const run = (item: PaletteItem) => {
    rememberUse(item.id);
    closePalette();
    item.run();
  };
  /** The one that the arrows lead to, or else the first. */
  const active = () => {
    const key = list.current?.querySelector<HTMLElement>('[data-focused="true"]')?.dataset.key;
    return (shown.find(({ item }) => item.id === key) ?? shown[0])?.item;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const item = active();
    if (item === undefined) return;
    if (event.key === "Enter") {
      if (item.unavailable === undefined) run(item);
    } else if (event.key === "Tab" && item.id.startsWith("kind:") && asLine) {
      setText(`:${item.id.slice("kind:".length)} `);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const option = ({ item, marks }: Found) => (
    <ListBoxItem
      key={item.id}
      id={item.id}
      textValue={item.title}
      className="palette-item"
      isDisabled={item.unavailable !== undefined}
      data-first={item === shown[0]?.item}
      onAction={() => run(item)}
    >
      <span className="palette-words">
        <Marked text={item.title} marks={marks} />
      </span>
      <span className="palette-note">{item.unavailable ?? item.note}</span>
      {item.key ? <Kbd>{shownKey(item.key, onMac())}</Kbd> : null}
    </ListBoxItem>
  );
  const heading = text.trim() === "" && recent.length > 0 ? t("browse.palette.recent") : undefined;
  return (
    <Dialog aria-label={t("palette.title")} className="palette-dialog">
      <Autocomplete inputValue={text} onInputChange={setText}>
        <TextField className="palette-search" aria-label={t("palette.open")} autoFocus>
          <Search aria-hidden size={16} />
          <Input
            className="palette-input"
            type="text"
            role="combobox"
            aria-expanded
            placeholder={t("browse.palette.placeholder")}
            onKeyDownCapture={onKeyDown}
          />
        </TextField>
        <ListBox ref={list} className="palette-list" aria-label={t("palette.title")} shouldFocusWrap>
          {found.length > 0 ? (
            <ListBoxSection id="found" aria-label={heading ?? t("palette.title")}>
              {heading === undefined ? null : <Header className="palette-section">{heading}</Header>}
              {found.map(option)}
            </ListBoxSection>
          ) : null}
          {objects.length > 0 ? (
            <ListBoxSection id="objects" aria-label={t("browse.palette.objects")}>
              <Header className="palette-section">{t("browse.palette.objects")}</Header>
              {objects.map(option)}
            </ListBoxSection>
          ) : null}
        </ListBox>
      </Autocomplete>
      {shown.length === 0 ? <p className="palette-empty">{t("palette.none")}</p> : null}
      <p className="sr-only" role="status">
        {text.trim() === "" ? "" : t("browse.palette.found", { count: shown.length })}
      </p>
      <p className="palette-foot" aria-hidden>
        <Kbd>↑↓</Kbd> {t("browse.palette.choose")} <Kbd>Enter</Kbd> {t("browse.palette.go")} <Kbd>:po ns /text</Kbd>{" "}
        {t("browse.palette.line")}
      </p>
    </Dialog>
  );
}

/** The letters that were typed stand out. */
function Marked({ text, marks }: { text: string; marks: ReadonlySet<number> }) {
  if (marks.size === 0) return text;
  const parts: { text: string; marked: boolean; at: number }[] = [];
  for (const [at, letter] of [...text].entries()) {
    const marked = marks.has(at);
    const last = parts.at(-1);
    if (last?.marked === marked) last.text += letter;
    else parts.push({ text: letter, marked, at });
  }
  return parts.map((part) => (part.marked ? <mark key={part.at}>{part.text}</mark> : part.text));
}

/** Namespaces are among the places already. */
function isNoNamespace({ plural, group }: FoundObject): boolean {
  return plural !== "namespaces" || group !== "";
}

function itemOf(object: FoundObject): PaletteItem | undefined {
  return contributions()
    .map(({ palette }) => palette?.object?.(object))
    .find((item) => item !== undefined);
}

const patienceMs = 120;
const none: Found[] = [];

/** Objects by name, below what is found at once: nothing above them moves when they come in. */
function useObjects(text: string): Found[] {
  const context = useCluster((state) => (state.state === "connected" ? state.chosen : undefined));
  const [answer, setAnswer] = useState<{ text: string; found: FoundObject[] }>({ text: "", found: [] });
  useEffect(() => {
    if (context === undefined || text.length < 2) return;
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      const { signal } = aborter;
      void settle(client().call("objects.find", { context, text, limit: 12 }, { signal })).then((result) => {
        if (result.ok && !signal.aborted) setAnswer({ text, found: result.value.found.filter(isNoNamespace) });
      });
    }, patienceMs);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [context, text]);
  return useMemo(() => {
    // While the next answer is awaited, those of the last one stay that still fit.
    if (text.length < 2 || answer.found.length === 0) return none;
    const words = text.toLowerCase();
    const fit = answer.text === text ? answer.found : answer.found.filter(({ name }) => name.includes(words));
    return fit.flatMap((object) => {
      const item = itemOf(object);
      if (item === undefined) return [];
      const at = object.name.toLowerCase().indexOf(words);
      const marks = new Set(at === -1 ? [] : Array.from({ length: words.length }, (_, by) => at + by));
      return [{ item, marks }];
    });
  }, [text, answer]);
}
