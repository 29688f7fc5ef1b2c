import type { ISearchOptions, SearchAddon } from "@xterm/addon-search";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/Button.tsx";
import { ChevronDown, ChevronUp, X } from "../../ui/icons.ts";
import { searchColours } from "./theme.ts";

/** Finds text in what a terminal has shown. */
export function SearchBar({ search, onClose }: { search: SearchAddon; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [regex, setRegex] = useState(false);
  const [found, setFound] = useState<{ resultIndex: number; resultCount: number } | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const options = (more: ISearchOptions = {}): ISearchOptions => ({ regex, decorations: searchColours(), ...more });

  useEffect(() => {
    input.current?.focus();
    const following = search.onDidChangeResults(setFound);
    return () => {
      following.dispose();
      search.clearDecorations();
    };
  }, [search]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the options are made of `regex`
  useEffect(() => {
    if (text === "" || !isPattern(text, regex)) {
      search.clearDecorations();
      setFound(undefined);
    } else search.findPrevious(text, options({ incremental: true }));
  }, [text, regex, search]);

  const next = () => text !== "" && search.findNext(text, options());
  const previous = () => text !== "" && search.findPrevious(text, options());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      if (event.shiftKey) next();
      else previous();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="terminal-search" onKeyDown={onKeyDown}>
      <input
        ref={input}
        type="text"
        aria-label={t("terminal.search")}
        placeholder={t("terminal.search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span className="terminal-search-count" role="status">
        {text === "" || found === undefined
          ? ""
          : found.resultCount === 0
            ? t("terminal.nothingFound")
            : t("terminal.found", { at: found.resultIndex + 1, count: found.resultCount })}
      </span>
      <label className="terminal-search-regex">
        <input type="checkbox" checked={regex} onChange={(event) => setRegex(event.target.checked)} />
        {t("terminal.regex")}
      </label>
      <IconButton label={t("terminal.previous")} onPress={previous}>
        <ChevronUp size={15} aria-hidden />
      </IconButton>
      <IconButton label={t("terminal.next")} onPress={next}>
        <ChevronDown size={15} aria-hidden />
      </IconButton>
      <IconButton label={t("terminal.closeSearch")} onPress={onClose}>
        <X size={15} aria-hidden />
      </IconButton>
    </search>
  );
}

function isPattern(text: string, regex: boolean): boolean {
  if (!regex) return true;
  try {
    new RegExp(text);
    return true;
  } catch {
    return false; // half typed
  }
}
