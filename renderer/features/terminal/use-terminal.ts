import { type RefObject, useEffect, useRef, useState } from "react";
import type { AppError, TerminalRequest, TerminalSession } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useTerminals } from "../../state/terminal.ts";
import { isAnswer } from "./input.ts";
import { handleKeys } from "./keys.ts";
import { LineEditor } from "./line-editor.ts";
import { SessionLink } from "./link.ts";
import { createTerminal, fontsReady, type TerminalParts } from "./terminal.ts";
import { terminalTheme } from "./theme.ts";

export interface TerminalUse {
  /** What its session is asked for when there is none yet. */
  request: TerminalRequest;
  session: string | undefined;
  onOpened: (session: TerminalSession) => void;
  onSearch: () => void;
  onLink: (address: string) => void;
  onCopy: (text: string) => void;
  label: string;
  /** It is on screen now. */
  active: boolean;
  /** It has been taken over, and is to be taken back, when this changes. */
  turn: number;
}

export interface TerminalState {
  session: TerminalSession | undefined;
  error: AppError | undefined;
  moved: boolean;
  parts: TerminalParts | undefined;
}

/** A terminal in `element`, from when it is first on screen until its tab is closed, with its session behind it. */
export function useTerminal(element: RefObject<HTMLDivElement | null>, use: TerminalUse): TerminalState {
  const { session, active, turn, label } = use;
  const [parts, setParts] = useState<TerminalParts | undefined>();
  const [state, setState] = useState<Omit<TerminalState, "parts">>(fresh);
  const latest = useRef(use);
  latest.current = use;
  const begun = useBegun(active);
  /** What was typed while the session was not open yet. */
  const early = useRef<string[]>([]);

  useEffect(() => {
    const parent = element.current;
    if (!begun || parent === null) return;
    let made: TerminalParts | undefined;
    let over = false;
    fontsReady().then(
      () => {
        if (over) return;
        made = createTerminal({
          screenReader: useTerminals.getState().screenReader,
          tty: true,
          onLink: (address) => latest.current.onLink(address),
        });
        open(made, parent, latest);
        setParts(made);
      },
      () => undefined, // fonts that can't be loaded are replaced by others
    );
    return () => {
      over = true;
      made?.dispose();
      setParts(undefined);
    };
  }, [begun, element]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn takes back what another window took over
  useEffect(() => {
    if (parts === undefined) return;
    setState(fresh);
    if (session !== undefined) return follow(parts, session, setState, early.current.splice(0));
    const ended = new AbortController();
    const { cols, rows } = parts.terminal;
    const { request } = latest.current;
    const typing = parts.terminal.onData((data) => {
      if (!isAnswer(data)) early.current.push(data);
    });
    settle(client().call("terminal.open", { request, cols, rows }, { signal: ended.signal })).then(
      (answer) => {
        if (ended.signal.aborted) return;
        if (answer.ok) latest.current.onOpened(answer.value);
        else {
          early.current = [];
          setState({ ...fresh, error: answer.error });
        }
      },
      () => undefined, // settle never rejects
    );
    return () => {
      typing.dispose();
      ended.abort();
    };
  }, [parts, session, turn]);

  useEffect(() => parts?.terminal.textarea?.setAttribute("aria-label", label), [parts, label]);
  useShown(parts, element, active);
  useLook(parts);
  return { ...state, parts };
}

const fresh: Omit<TerminalState, "parts"> = { session: undefined, error: undefined, moved: false };

/** True from the first time on. */
function useBegun(active: boolean): boolean {
  const [begun, setBegun] = useState(active);
  useEffect(() => {
    if (active) setBegun(true);
  }, [active]);
  return begun;
}

function open(parts: TerminalParts, parent: HTMLElement, latest: RefObject<TerminalUse>): void {
  const { terminal } = parts;
  terminal.open(parent);
  terminal.unicode.activeVersion = "15-graphemes";
  handleKeys(terminal, {
    copy: () => latest.current.onCopy(terminal.getSelection()),
    search: () => latest.current.onSearch(),
  });
  parts.fit();
}

function follow(
  parts: TerminalParts,
  session: string,
  setState: (change: (state: Omit<TerminalState, "parts">) => Omit<TerminalState, "parts">) => void,
  early: string[],
): () => void {
  const { terminal } = parts;
  let replayed = false;
  let tty = true;
  const lines = new LineEditor({ echo: (text) => terminal.write(text), send: (text) => link.type(text) });
  const type = (data: string) => {
    if (tty) link.type(data);
    else if (!isAnswer(data)) lines.type(data);
  };
  const link: SessionLink = new SessionLink(terminal, session, {
    onSession(told) {
      tty = told.tty;
      terminal.options.convertEol = !tty;
      terminal.options.disableStdin = !told.reads || told.end !== undefined;
      const typed = early.splice(0);
      if (!terminal.options.disableStdin) for (const data of typed) type(data);
      setState((state) => ({ ...state, session: told }));
    },
    onMoved: () => setState((state) => ({ ...state, moved: true })),
    onError: (error) => setState((state) => ({ ...state, error })),
    onReplayed() {
      replayed = true;
      parts.fit();
      link.resize(terminal.cols, terminal.rows);
    },
  });
  const stops = [
    terminal.onData(type),
    terminal.onBinary((data) => link.type(data, true)),
    terminal.onResize(({ cols, rows }) => {
      if (replayed) link.resize(cols, rows);
    }),
  ];
  link.open();
  return () => {
    link.close();
    for (const stop of stops) stop.dispose();
  };
}

/** Fits it to its element as that changes, and takes the keyboard when it comes on screen. */
function useShown(parts: TerminalParts | undefined, element: RefObject<HTMLDivElement | null>, active: boolean): void {
  useEffect(() => {
    const parent = element.current;
    if (parts === undefined || parent === null || !active) return;
    parts.setShown(true);
    parts.fit();
    parts.terminal.focus();
    let frame = 0;
    const sized = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => parts.fit());
    });
    sized.observe(parent);
    return () => {
      sized.disconnect();
      cancelAnimationFrame(frame);
      parts.setShown(false);
    };
  }, [parts, element, active]);
}

/** Follows the theme and the wish for a screen reader. */
function useLook(parts: TerminalParts | undefined): void {
  const screenReader = useTerminals((state) => state.screenReader);
  useEffect(() => {
    if (parts === undefined) return;
    parts.terminal.options.screenReaderMode = screenReader;
  }, [parts, screenReader]);
  useEffect(() => {
    if (parts === undefined) return;
    const recolour = () => {
      parts.terminal.options.theme = terminalTheme();
    };
    recolour();
    const themed = new MutationObserver(recolour);
    themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => themed.disconnect();
  }, [parts]);
}
