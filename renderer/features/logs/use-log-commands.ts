import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { type LogCommand, logKeys } from "./commands.ts";
import { fileName, logText, saveFile } from "./files.ts";
import { setLogLook, useLogLook } from "./settings.ts";
import type { LogState } from "./use-log-state.ts";

/** A copy larger than this is of no use in a clipboard; a file is. */
const mostCopied = 16 << 20;

/** Everything that can be done to a log, by name; the toolbar, its menu, the keys and the palette are made from these. */
export function useLogCommands(state: LogState, focusSearch: () => void, toggleFilter: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const look = useLogLook();
  const [said, setSaid] = useState("");
  const { log, place, marks, search } = state;
  const isEmpty = (log.view?.endRow ?? 0) === (log.view?.firstRow ?? 0);
  const nothing = isEmpty ? t("logs.why.noLines") : undefined;
  const noSearch = search.text === "" ? t("logs.why.noSearch") : undefined;
  const noMarks = marks.length === 0 ? t("logs.why.noMarks") : undefined;
  const text = { view: state.name, timestamps: look.times, sources: log.sources.length > 1 };

  const save = async () => {
    const [target] = state.source.targets;
    try {
      const { pieces, rows } = await logText(text);
      saveFile(fileName([target?.namespace ?? "", target?.name ?? "log"].filter(Boolean)), pieces);
      setSaid(t("logs.saved", { count: rows, lines: format.number(rows) }));
    } catch {
      setSaid(t("logs.failedToRead"));
    }
  };
  const copy = async () => {
    try {
      const { pieces, rows, complete } = await logText({ ...text, limit: mostCopied });
      await navigator.clipboard.writeText(pieces.join(""));
      setSaid(t(complete ? "logs.copied" : "logs.copiedSome", { count: rows, lines: format.number(rows) }));
    } catch {
      setSaid(t("logs.failedToCopy"));
    }
  };

  const commands = {
    search: { id: "logs:search", title: t("logs.command.search"), keys: logKeys.search, run: focusSearch },
    next: {
      id: "logs:next",
      title: t("logs.command.next"),
      keys: logKeys.next,
      unavailable: noSearch,
      run: () => void state.goMatch(false),
    },
    back: {
      id: "logs:back",
      title: t("logs.command.back"),
      keys: logKeys.back,
      unavailable: noSearch,
      run: () => void state.goMatch(true),
    },
    filter: { id: "logs:filter", title: t("logs.command.filter"), keys: logKeys.filter, run: toggleFilter },
    follow: {
      id: "logs:follow",
      title: t(place.follow ? "logs.command.pause" : "logs.command.follow"),
      keys: logKeys.follow,
      run: place.toggle,
    },
    wrap: {
      id: "logs:wrap",
      title: t("logs.command.wrap"),
      keys: logKeys.wrap,
      run: () => setLogLook({ wrap: !look.wrap }),
    },
    times: {
      id: "logs:times",
      title: t("logs.command.times"),
      keys: logKeys.times,
      run: () => setLogLook({ times: !look.times }),
    },
    previous: {
      id: "logs:previous",
      title: t("logs.command.previous"),
      keys: logKeys.previous,
      run: () => state.setPrevious(!state.previous),
    },
    mark: {
      id: "logs:mark",
      title: t("logs.command.mark"),
      keys: logKeys.mark,
      unavailable: nothing,
      run: state.toggleMark,
    },
    nextMark: {
      id: "logs:nextMark",
      title: t("logs.command.nextMark"),
      keys: logKeys.nextMark,
      unavailable: noMarks,
      run: () => state.goMark(false),
    },
    lastMark: {
      id: "logs:lastMark",
      title: t("logs.command.lastMark"),
      keys: logKeys.lastMark,
      unavailable: noMarks,
      run: () => state.goMark(true),
    },
    save: {
      id: "logs:save",
      title: t("logs.command.save"),
      keys: logKeys.save,
      unavailable: nothing,
      run: () => void save(),
    },
    copy: {
      id: "logs:copy",
      title: t("logs.command.copy"),
      keys: logKeys.copy,
      unavailable: nothing,
      run: () => void copy(),
    },
    clear: {
      id: "logs:clear",
      title: t("logs.command.clear"),
      keys: logKeys.clear,
      unavailable: nothing,
      run: state.clear,
    },
    announce: {
      id: "logs:announce",
      title: t(look.announce ? "logs.command.quiet" : "logs.command.announce"),
      run: () => setLogLook({ announce: !look.announce }),
    },
    keep: {
      id: "logs:keep",
      title: t(look.keepLines > 1_000_000 ? "logs.command.keepLess" : "logs.command.keepMore"),
      run: () => setLogLook({ keepLines: look.keepLines > 1_000_000 ? 1_000_000 : 2_000_000 }),
    },
  } satisfies Record<string, LogCommand>;
  return { commands, said };
}
