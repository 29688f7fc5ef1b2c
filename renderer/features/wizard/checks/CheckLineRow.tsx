import { useTranslation } from "react-i18next";
import type { CheckRow, ContextId } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { checkAgain, fixCheck } from "../../../state/checks.ts";
import { ObjectAnchor } from "../../../state/connected/ObjectAnchor.tsx";
import { Button } from "../../../ui/Button.tsx";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Marked } from "../../../ui/Marked.tsx";
import { addressOf, lookOf } from "./look.ts";

const shownObjects = 4;

interface CheckLineRowProps {
  context: ContextId | undefined;
  row: CheckRow;
  /** What the axis of all rows ends with. */
  limitMs: number;
  planFraction: number | undefined;
  open: boolean;
  onToggle: () => void;
}

/** A check that did not pass, or has not ended: what was found, how long it took, and what helps. */
export function CheckLineRow({ context, row, limitMs, planFraction, open, onToggle }: CheckLineRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, fix, finding, evidence, detail, problem, tookMs } = row;
  const look = lookOf(row);
  const [first, ...more] = evidence;
  const title = textOf(state === "failed" && finding ? finding : row.name, language);
  const share = tookMs === undefined ? 0 : Math.max(0.02, Math.min(1, tookMs / limitMs));
  return (
    <li className={`check check-${look}`} data-check={row.id}>
      <div className="check-head">
        <span className={`checks-sign checks-sign-${look}`} aria-hidden>
          {look === "must" ? "✕" : look === "should" ? "!" : "◌"}
        </span>
        <div className="check-words">
          <button
            type="button"
            className="check-open"
            aria-expanded={open}
            disabled={state !== "failed"}
            onClick={onToggle}
          >
            <Marked>{title}</Marked>
          </button>
          <p>
            {state === "failed" ? (
              first && <Marked>{textOf(first, language)}</Marked>
            ) : (
              <Progressing state={state} planFraction={planFraction} />
            )}
          </p>
        </div>
        <span className="check-lane" aria-hidden>
          <span className={`check-bar check-bar-${look}`} style={{ inlineSize: `${share * 100}%` }} />
        </span>
        <span className="check-time">
          {tookMs === undefined ? "" : t("checks.took", { seconds: (tookMs / 1000).toFixed(1) })}
        </span>
        <span className="check-actions">
          {fix && !open ? (
            <Button size="sm" onPress={onToggle}>
              {textOf(fix.title, language)}
            </Button>
          ) : null}
          {state === "failed" && (open || !fix) ? (
            <Button size="sm" variant="ghost" onPress={onToggle}>
              {open ? t("checks.close") : t("checks.details")}
            </Button>
          ) : null}
        </span>
      </div>
      {open && state === "failed" ? (
        <div className="check-more">
          {more.map((said) => (
            <p key={JSON.stringify(said)}>
              <Marked>{textOf(said, language)}</Marked>
            </p>
          ))}
          {detail ? (
            <blockquote lang="en" aria-label={t("checks.quoted")}>
              {detail}
            </blockquote>
          ) : null}
          {fix ? <FixPane row={row} fix={fix} /> : null}
          {problem ? <ErrorBanner error={problem} /> : null}
          <div className="check-objects">
            <Button size="sm" onPress={() => void checkAgain(row.id)}>
              {t("checks.againThis")}
            </Button>
            {context === undefined
              ? null
              : row.objects.slice(0, shownObjects).map((ref) => (
                  <ObjectAnchor
                    key={`${ref.kind}/${ref.namespace}/${ref.name}`}
                    context={context}
                    link={addressOf(ref)}
                  >
                    {t("checks.open", { kind: ref.kind, name: visibleBidi(ref.name) })}
                  </ObjectAnchor>
                ))}
          </div>
        </div>
      ) : null}
    </li>
  );
}

function Progressing({ state, planFraction }: { state: CheckRow["state"]; planFraction: number | undefined }) {
  const { t } = useTranslation();
  if (state === "waiting")
    return planFraction === undefined
      ? t("checks.waiting")
      : `${t("checks.waiting")} (${Math.floor(planFraction * 100)}%)`;
  return state === "fixing" ? t("checks.fixing") : t("checks.running");
}

/** What it does, the lines that do the same, one button. */
function FixPane({ row, fix }: { row: CheckRow; fix: NonNullable<CheckRow["fix"]> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="check-fix">
      <div className="check-fix-head">
        <ul>
          {fix.about.map((said) => (
            <li key={JSON.stringify(said)}>
              <Marked>{textOf(said, language)}</Marked>
            </li>
          ))}
          {fix.run ? null : <li>{t("checks.copyThis")}</li>}
        </ul>
        {fix.run ? (
          <Button variant="primary" onPress={() => void fixCheck(row.id)}>
            {textOf(fix.title, language)}
          </Button>
        ) : null}
      </div>
      <CopyLines lines={fix.lines} label={t("checks.lines")} />
    </div>
  );
}
