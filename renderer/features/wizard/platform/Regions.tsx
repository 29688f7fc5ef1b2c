import { useTranslation } from "react-i18next";
import type { AppError, CloudRegion } from "../../../../common/contract/index.ts";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";

/** Why regions did not answer: the first of each kind, as the others say the same. One that is not enabled is no failure. */
function problemsOf(regions: readonly CloudRegion[]): AppError[] {
  const found = new Map<string, AppError>();
  for (const { state, problem } of regions)
    if (problem !== undefined && state !== "disabled" && !found.has(problem.code)) found.set(problem.code, problem);
  return [...found.values()];
}

/** A lane as long as its region takes to answer; those with clusters first. */
export function Regions({ regions }: { regions: readonly CloudRegion[] }) {
  const { t } = useTranslation();
  const answered = regions.filter(({ state }) => state !== "waiting" && state !== "asking").length;
  const longest = Math.max(1, ...regions.map(({ ms = 0 }) => ms));
  const sorted = regions.toSorted((a, b) => Number(b.clusters > 0) - Number(a.clusters > 0));
  return (
    <div className="platform-part">
      <div className="choice-head">
        <h2 className="platform-label">{t("platforms.regions.title")}</h2>
        <small className="faint">{t("platforms.regions.about")}</small>
        <span className="grow" />
        <span className="faint" role="status">
          {t("platforms.regions.progress", { done: answered, all: regions.length })}
        </span>
      </div>
      <ul className="platform-regions">
        {sorted.map((region) => (
          <li key={region.name} className={`platform-region platform-region-${region.state}`}>
            <code>{region.name}</code>
            <span className="platform-lane" aria-hidden>
              <i
                className={region.clusters > 0 ? "platform-lane-found" : undefined}
                style={{ width: `${region.state === "asking" ? 60 : ((region.ms ?? 0) / longest) * 100}%` }}
              />
            </span>
            <span>
              {region.state === "answered"
                ? region.clusters > 0
                  ? t("platforms.found.clusters", { count: region.clusters })
                  : t("platforms.regions.none")
                : t(`platforms.regions.${region.state}`)}
            </span>
          </li>
        ))}
      </ul>
      {problemsOf(regions).map((problem) => (
        <ErrorBanner key={problem.code} error={problem} tone="warn" />
      ))}
    </div>
  );
}
