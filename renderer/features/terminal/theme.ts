import type { ISearchOptions } from "@xterm/addon-search";
import type { ITheme } from "@xterm/xterm";

/** A terminal's colours, from the design tokens as they are now; xterm keeps them readable on their own. */
export function terminalTheme(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const dark = document.documentElement.dataset.theme === "dark";
  const text = token("text");
  const pale = token("faint");
  return {
    background: token("sunken"),
    foreground: text,
    cursor: token("accent"),
    cursorAccent: token("sunken"),
    selectionBackground: `${token("accent")}4d`,
    selectionInactiveBackground: `${token("accent")}26`,
    scrollbarSliderBackground: `${pale}40`,
    scrollbarSliderHoverBackground: `${pale}80`,
    scrollbarSliderActiveBackground: `${pale}a0`,
    black: dark ? "#3a4657" : "#16202e",
    brightBlack: pale,
    red: token("bad"),
    brightRed: token("bad"),
    green: token("ok"),
    brightGreen: token("ok"),
    yellow: token("warn"),
    brightYellow: token("warn"),
    blue: token("run"),
    brightBlue: token("run"),
    magenta: dark ? "#c79bff" : "#7b3fb8",
    brightMagenta: dark ? "#d9b8ff" : "#8e4fd0",
    cyan: dark ? "#4fc4cf" : "#0b6e7a",
    brightCyan: dark ? "#7bdbe4" : "#0a7f8c",
    white: dark ? "#c6d0dd" : "#566274",
    brightWhite: dark ? "#ffffff" : "#16202e",
  };
}

export function searchColours(): NonNullable<ISearchOptions["decorations"]> {
  const dark = document.documentElement.dataset.theme === "dark";
  return {
    matchBackground: dark ? "#4a3c12" : "#f6e2a8",
    activeMatchBackground: dark ? "#8a6a12" : "#ffc23d",
    matchOverviewRuler: "#b98a1c",
    activeMatchColorOverviewRuler: "#b98a1c",
  };
}
