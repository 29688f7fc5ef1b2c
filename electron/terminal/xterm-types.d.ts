/**
 * xterm's addons take their types from the terminal with a display, which would bring the DOM's into the main process:
 * electron/tsconfig.json leads them to those of the terminal without one, which are the same.
 */
export type { IBufferRange, IMarker, ITerminalAddon, Terminal } from "@xterm/headless";
