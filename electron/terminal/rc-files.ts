import { basename, join } from "node:path";

/** How a shell is started so that it reads the user's own files first and then ours, which leave those as they are. */
export interface ShellStart {
  args: string[];
  /** Beside the session's own variables. */
  variables: Record<string, string>;
  /** Relative to the session's folder. */
  files: Record<string, string>;
}

export interface ShellStartOptions {
  /** The session's private folder. */
  folder: string;
  /** Set again after the user's files, which may set them, too. */
  variables: Record<string, string>;
  /** Folder with kubectl and kustomize, to be first in PATH also after the user's files. */
  programs: string | undefined;
  /** Which of them are there to complete. */
  completed: readonly ("kubectl" | "kustomize")[];
  /** The user's own ZDOTDIR, or home. */
  zshHome: string;
  /** A Mac's shells are login shells: only those get the PATH of /etc/paths. */
  login: boolean;
}

/** For bash, zsh, fish and PowerShell; other shells are started as they are. Pure. */
export function shellStart(shell: string, options: ShellStartOptions): ShellStart {
  const name = basename(shell.replaceAll("\\", "/"))
    .replace(/\.exe$/i, "")
    .toLowerCase();
  switch (name) {
    case "bash":
      return bash(options);
    case "zsh":
      return zsh(options);
    case "fish":
      return fish(options);
    case "pwsh":
    case "powershell":
      return powershell(options);
    default:
      return { args: [], variables: {}, files: {} };
  }
}

function bash({ folder, variables, programs, completed, login }: ShellStartOptions): ShellStart {
  const users = login
    ? [
        "[ -f /etc/profile ] && . /etc/profile",
        'for f in ~/.bash_profile ~/.bash_login ~/.profile; do [ -r "$f" ] && { . "$f"; break; }; done',
      ]
    : ["[ -f ~/.bashrc ] && . ~/.bashrc"];
  const loaders = completed.map(
    (name) => `_flowdeck_${name}() { eval "$(command ${name} completion bash)"; return 124; }
complete -o default -F _flowdeck_${name} ${name}`,
  );
  return {
    args: ["--rcfile", join(folder, "bashrc"), "-i"],
    variables: {},
    files: {
      bashrc: lines([
        ...users,
        ...posixVariables(variables),
        ...(programs === undefined ? [] : [firstInPath(programs)]),
        ...(loaders.length === 0 ? [] : [...loaders, bashWords]),
      ]),
    },
  };
}

/** What completion scripts take from the package bash-completion; enough of it where that is not installed. */
const bashWords = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  COMP_WORDBREAKS=\${COMP_WORDBREAKS//[=:]/}
  _get_comp_words_by_ref() {
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
  }
fi`;

function zsh({ folder, variables, programs, completed, zshHome, login }: ShellStartOptions): ShellStart {
  // zsh reads each of its files from ZDOTDIR, which is the session's folder until the last of them gives it back. The
  // user's own .zshenv may have moved it.
  const users = (file: string) => `ZDOTDIR="$FLOWDECK_ZDOTDIR"
[[ -f "$ZDOTDIR/${file}" ]] && . "$ZDOTDIR/${file}"`;
  const ours = lines(['FLOWDECK_ZDOTDIR="$ZDOTDIR"', `ZDOTDIR=${quoted(folder)}`]);
  const loaders = completed.map(
    (name) => `_flowdeck_${name}() { eval "$(command ${name} completion zsh)"; compdef _${name} ${name}; _${name} "$@" }
compdef _flowdeck_${name} ${name}`,
  );
  return {
    args: login ? ["-l", "-i"] : ["-i"],
    variables: { ZDOTDIR: folder },
    files: {
      ".zshenv": lines([`FLOWDECK_ZDOTDIR=${quoted(zshHome)}`, users(".zshenv"), ours]),
      ".zprofile": lines([users(".zprofile"), ours]),
      ".zshrc": lines([
        // /etc/zshrc of a Mac has put the history beside the file that is being read.
        `[[ "$HISTFILE" == ${quoted(folder)}/* ]] && HISTFILE="$FLOWDECK_ZDOTDIR/.zsh_history"`,
        users(".zshrc"),
        ...posixVariables(variables),
        ...(programs === undefined ? [] : [firstInPath(programs)]),
        ...(loaders.length === 0
          ? []
          : [
              `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u -d ${quoted(join(folder, "zcompdump"))} }`,
            ]),
        ...loaders,
        // A shell that is started in this one is the user's own.
        '[[ "$ZDOTDIR" == "$HOME" ]] && unset ZDOTDIR || export ZDOTDIR',
        "unset FLOWDECK_ZDOTDIR",
      ]),
    },
  };
}

function fish({ folder, variables, programs, completed, login }: ShellStartOptions): ShellStart {
  const completions = Object.fromEntries(
    completed.map((name) => [`completions/${name}.fish`, `command ${name} completion fish | source\n`]),
  );
  return {
    args: [...(login ? ["-l"] : []), "-i", "-C", `source ${fishQuoted(join(folder, "config.fish"))}`],
    variables: {},
    files: {
      "config.fish": lines([
        ...Object.entries(variables).map(([name, value]) => `set -gx ${name} ${fishQuoted(value)}`),
        ...(programs === undefined ? [] : [`set -gx PATH ${fishQuoted(programs)} $PATH`]),
        ...(completed.length === 0
          ? []
          : [`set -g fish_complete_path ${fishQuoted(join(folder, "completions"))} $fish_complete_path`]),
      ]),
      ...completions,
    },
  };
}

function powershell({ folder, variables, programs, completed }: ShellStartOptions): ShellStart {
  const separator = "[IO.Path]::PathSeparator";
  return {
    args: ["-NoLogo", "-NoExit", "-Command", `. ${powershellQuoted(join(folder, "profile.ps1"))}`],
    variables: {},
    files: {
      "profile.ps1": lines([
        ...Object.entries(variables).map(([name, value]) => `$env:${name} = ${powershellQuoted(value)}`),
        ...(programs === undefined ? [] : [`$env:PATH = ${powershellQuoted(programs)} + ${separator} + $env:PATH`]),
        ...completed.map((name) => `${name} completion powershell | Out-String | Invoke-Expression`),
      ]),
    },
  };
}

function firstInPath(folder: string): string {
  return `case "$PATH" in ${quoted(folder)}:*) ;; *) export PATH=${quoted(folder)}:"$PATH" ;; esac`;
}

function posixVariables(variables: Record<string, string>): string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`);
}

function lines(parts: readonly string[]): string {
  return `${parts.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In fish's single quotes a backslash and a quote are escaped. */
function fishQuoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function powershellQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
