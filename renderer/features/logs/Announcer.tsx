import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LogView } from "../../../common/contract/index.ts";
import { useFormat } from "../../ui/format.ts";

/** New lines are read out this often at most, and so many of them. */
const everyMs = 2_000;
const mostLines = 3;

/** Reads new lines out to screen readers, when the user wants that: few at a time, and how many more there were. */
export function Announcer({ view, on }: { view: LogView; on: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [words, setWords] = useState("");
  const latest = useRef({ view, t, format });
  latest.current = { view, t, format };
  useEffect(() => {
    if (!on) {
      setWords("");
      return;
    }
    let heard = latest.current.view.lines;
    const timer = setInterval(() => {
      const now = latest.current;
      const count = now.view.lines - heard;
      if (count <= 0) return;
      heard = now.view.lines;
      const lines = now.view.rows.slice(-Math.min(count, mostLines)).map(({ text }) => text.slice(0, 300));
      const more = count - lines.length;
      const rest = more > 0 ? [now.t("logs.announceMore", { count: more, lines: now.format.number(more) })] : [];
      setWords([...rest, ...lines].join("\n"));
    }, everyMs);
    return () => clearInterval(timer);
  }, [on]);
  return (
    <div className="sr-only" aria-live="polite">
      {words}
    </div>
  );
}
