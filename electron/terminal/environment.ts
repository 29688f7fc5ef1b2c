import { delimiter, sep } from "node:path";

/** What npm, and the terminal that the app was started from, leave behind for children; it is nothing of the user's. */
const ofTheStart =
  /^(npm_.*|INIT_CWD|TERM_.*|TMUX|TMUX_PANE|STY|WINDOW|WINDOWID|TERMCAP|COLUMNS|LINES|VTE_VERSION|KONSOLE_.*|WT_.*|VSCODE_.*|SHLVL|OLDPWD|_)$/i;

export interface TerminalVariables {
  /** Of this session: KUBECONFIG, KF_DIR and the like. */
  own: Record<string, string>;
  /** Folders to be looked in before those of PATH. */
  programs: readonly string[];
  platform: NodeJS.Platform;
  version: string;
}

/**
 * The environment of a local shell. `base` is already without what alters how programs load (electron/tools); here goes
 * what belongs to how the app was started, and comes what the session is about.
 */
export function terminalEnvironment(
  base: NodeJS.ProcessEnv,
  { own, programs, platform, version }: TerminalVariables,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    if (value !== undefined && !ofTheStart.test(name)) result[name] = value;
  }
  const pathName = Object.keys(result).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const folders = (result[pathName] ?? "").split(delimiter).filter((folder) => folder !== "" && !isOfPackages(folder));
  result[pathName] = [...programs, ...folders].join(delimiter);
  if (platform !== "win32" && !isUnicode(result)) result.LC_CTYPE = platform === "darwin" ? "UTF-8" : "C.UTF-8";
  return {
    ...result,
    TERM: "xterm-256color",
    COLORTERM: "truecolor",
    TERM_PROGRAM: "Flowdeck",
    TERM_PROGRAM_VERSION: version,
    ...own,
  };
}

/** `npm start` puts its project's programs first. */
function isOfPackages(folder: string): boolean {
  return /[\\/](node_modules[\\/]\.bin|node-gyp-bin)$/.test(folder.endsWith(sep) ? folder.slice(0, -1) : folder);
}

/** Whether the shell's line editor will take what is typed for UTF-8: an app started from a desktop may have no locale. */
function isUnicode({ LC_ALL, LC_CTYPE, LANG }: Record<string, string>): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}
