import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
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
  const [activeId, setActiveId] = useState<string | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const pointer = useRef<{ x: number; y: number } | undefined>(undefined);
  const items = useMemo(() => paletteItems(t), [t]);
  const recent = useMemo(recentIds, []);
  const asLine = text.startsWith(":");
  const found = useMemo(
    () => (asLine ? lineItems(t, text, items, recent) : findItems(items, text, recent)),
    [t, asLine, text, items, recent],
  );
  const objects = useObjects(asLine ? "" : text.trim());
  const shown = useMemo(() => [...found, ...objects], [found, objects]);
  const active = shown.find(({ item }) => item.id === activeId) ?? shown[0];
  const position = active ? shown.indexOf(active) : -1;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  const run = (item: PaletteItem) => {
    if (item.unavailable !== undefined) return;
    rememberUse(item.id);
    closePalette();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = shown.length - 1;
    const to =
      event.key === "ArrowDown"
        ? (position + 1) % Math.max(1, shown.length)
        : event.key === "ArrowUp"
          ? position <= 0
            ? last
            : position - 1
          : event.key === "PageDown"
            ? Math.min(last, position + 8)
            : event.key === "PageUp"
              ? Math.max(0, position - 8)
              : undefined;
    if (to !== undefined) setActiveId(shown[to]?.item.id);
    else if (event.key === "Enter" && active) run(active.item);
    else if (event.key === "Tab" && active?.item.id.startsWith("kind:") && asLine) {
      setText(`:${active.item.id.slice("kind:".length)} `);
    } else return;
    event.preventDefault();
  };
  const option = ({ item, marks }: Found) => (
    <PaletteOption
      key={item.id}
      item={item}
      marks={marks}
      active={item === active?.item}
      onPoint={(at) => {
        // Lines that come in below a pointer that rests are not pointed at.
        const before = pointer.current;
        pointer.current = at;
        if (before && (before.x !== at.x || before.y !== at.y)) setActiveId(item.id);
      }}
      onRun={() => run(item)}
    />
  );
  return (
    <Dialog aria-label={t("palette.title")} className="palette-dialog">
      <div className="palette-search">
        <Search aria-hidden size={16} />
        <input
          className="palette-input"
          autoFocus
          type="text"
          role="combobox"
          spellCheck={false}
          autoComplete="off"
          aria-label={t("palette.open")}
          aria-expanded
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={active ? optionId(active.item) : undefined}
          placeholder={t("browse.palette.placeholder")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActiveId(undefined);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id="palette-list" role="listbox" aria-label={t("palette.title")} className="palette-list">
        {text.trim() === "" && recent.length > 0 ? (
          <p className="palette-section" role="presentation">
            {t("browse.palette.recent")}
          </p>
        ) : null}
        {found.map(option)}
        {objects.length > 0 ? (
          <p className="palette-section" role="presentation">
            {t("browse.palette.objects")}
          </p>
        ) : null}
        {objects.map(option)}
      </div>
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

function optionId(item: PaletteItem): string {
  return `palette-${item.id.replace(/\s/g, "_")}`;
}

function PaletteOption({
  item,
  marks,
  active,
  onPoint,
  onRun,
}: Found & { active: boolean; onPoint: (at: { x: number; y: number }) => void; onRun: () => void }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus; aria-activedescendant tells which one is meant
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
    <div
      id={optionId(item)}
      role="option"
      className="palette-item"
      aria-selected={active}
      aria-disabled={item.unavailable !== undefined}
      onPointerMove={(event) => onPoint({ x: event.screenX, y: event.screenY })}
      onClick={onRun}
    >
      <span className="palette-words">
        <Marked text={item.title} marks={marks} />
      </span>
      <span className="palette-note">{item.unavailable ?? item.note}</span>
      {item.key ? <Kbd>{shownKey(item.key, onMac())}</Kbd> : null}
    </div>
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
