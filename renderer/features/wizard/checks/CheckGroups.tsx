import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type CheckId, type CheckRow, type ChecksView, checkLimitMs } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { checkAgain, fixCheck } from "../../../state/checks.ts";
import { CircleCheck } from "../../../ui/icons.ts";
import { CheckLineRow } from "./CheckLineRow.tsx";

interface CheckGroupsProps {
  view: ChecksView;
  /** While the plan is being made: how far it is. */
  planFraction: number | undefined;
}

/** Must, should, passed; a check that runs stays in the group that it belongs to. */
export function CheckGroups({ view, planFraction }: CheckGroupsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<CheckId | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const left = view.rows.filter(({ state }) => state !== "passed");
  const passed = view.rows.filter(({ state }) => state === "passed");
  const group = (level: CheckRow["level"]) => {
    const rows = left.filter((row) => row.level === level);
    if (rows.length === 0) return null;
    return (
      <section className="checks-group" aria-label={t(`checks.${level}`)}>
        <h2 className="checks-title">
          {t(`checks.${level}`)} <small>{t(`checks.${level}About`)}</small>
        </h2>
        <ul className="checks-list">
          {rows.map((row) => (
            <CheckLineRow
              key={row.id}
              context={view.context}
              row={row}
              limitMs={checkLimitMs}
              planFraction={planFraction}
              open={open === row.id}
              onToggle={() => setOpen(open === row.id ? undefined : row.id)}
            />
          ))}
        </ul>
      </section>
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-check]") : null;
    const row = left.find(({ id }) => id === focused?.dataset.check);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const heads = [...(list.current?.querySelectorAll<HTMLElement>(".check-open") ?? [])];
      const at = heads.findIndex((head) => focused?.contains(head));
      heads[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
      event.preventDefault();
    } else if (row?.state === "failed" && event.key.toLowerCase() === "f" && row.fix?.run) void fixCheck(row.id);
    else if (row?.state === "failed" && event.key.toLowerCase() === "r") void checkAgain(row.id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are shortcuts for the buttons in it, which are reached by Tab
    <div ref={list} onKeyDown={onKeyDown}>
      {view.state === "done" && left.length === 0 ? (
        <p className="checks-good">
          <CircleCheck aria-hidden /> {t("checks.allPassed")}
        </p>
      ) : null}
      {group("must")}
      {group("should")}
      {passed.length > 0 ? <Passed rows={passed} /> : null}
    </div>
  );
}

function Passed({ rows }: { rows: readonly CheckRow[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className="checks-group" aria-label={t("checks.passed")}>
      <h2 className="checks-title">
        {t("checks.passed")} <small>{rows.length}</small>
      </h2>
      <ul className="checks-good-list">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="checks-sign checks-sign-passed" aria-hidden>
              ✓
            </span>
            <span>
              <b>{textOf(row.name, language)}</b>{" "}
              {row.finding === undefined ? null : <span>{textOf(row.finding, language)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
