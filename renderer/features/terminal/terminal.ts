import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { WebglAddon } from "@xterm/addon-webgl";
import { Terminal } from "@xterm/xterm";
import { nonceDocument } from "./nonce-document.ts";
import { terminalTheme } from "./theme.ts";
import "@xterm/xterm/css/xterm.css";

const fontSize = 13;
const scrollback = 10_000;

export interface TerminalParts {
  terminal: Terminal;
  search: SearchAddon;
  /** Makes it as large as the element it is in. */
  fit(): void;
  /** Draws with WebGL while it is on screen: a browser gives a page only so many contexts. */
  setShown(shown: boolean): void;
  dispose(): void;
}

export interface TerminalOptions {
  screenReader: boolean;
  /** False where lines end without a carriage return. */
  tty: boolean;
  onLink: (address: string) => void;
}

/** A terminal with what ours all have; it is opened in its element afterwards. */
export function createTerminal({ screenReader, tty, onLink }: TerminalOptions): TerminalParts {
  const terminal = new Terminal({
    allowProposedApi: true,
    convertEol: !tty,
    cursorBlink: false,
    documentOverride: nonceDocument(),
    fontFamily: '"JetBrains Mono Variable", "Terminal Hangul", ui-monospace, monospace',
    fontSize,
    lineHeight: 1.3,
    linkHandler: { activate: (_event, address) => onLink(address) },
    minimumContrastRatio: 4.5,
    screenReaderMode: screenReader,
    scrollback,
    theme: terminalTheme(),
  });
  const fitting = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fitting);
  terminal.loadAddon(search);
  terminal.loadAddon(new WebLinksAddon((_event, address) => onLink(address)));
  terminal.loadAddon(new UnicodeGraphemesAddon());
  let webgl: WebglAddon | undefined;

  function dropWebgl(): void {
    webgl?.dispose();
    webgl = undefined;
    space();
  }

  /** WebGL cuts the width of a cell to whole pixels, which is nearly one too little. */
  function space(): void {
    terminal.options.letterSpacing = webgl === undefined ? 0 : 1;
  }

  return {
    terminal,
    search,
    fit: () => fitting.fit(),
    setShown(shown) {
      if (!shown) return dropWebgl();
      webgl ??= loadWebgl(terminal, dropWebgl);
      space();
    },
    dispose() {
      dropWebgl();
      terminal.dispose();
    },
  };
}

/** Undefined where there is no WebGL: xterm then draws with elements of the page, as it does after a lost context. */
function loadWebgl(terminal: Terminal, onLost: () => void): WebglAddon | undefined {
  if (!hasWebgl()) return undefined;
  const addon = new WebglAddon();
  try {
    terminal.loadAddon(addon);
  } catch {
    addon.dispose();
    return undefined; // a graphics driver that the browser does not trust
  }
  addon.onContextLoss(onLost);
  return addon;
}

let webglKnown: boolean | undefined;

function hasWebgl(): boolean {
  if (webglKnown === undefined) {
    const context = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
    webglKnown = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return webglKnown;
}

/** Measured before its font is there, a terminal would have cells of another width. */
export async function fontsReady(): Promise<void> {
  await Promise.all([
    document.fonts.load(`${fontSize}px "JetBrains Mono Variable"`),
    document.fonts.load(`${fontSize}px "Terminal Hangul"`, "가"),
  ]);
}
