import { useTranslation } from "react-i18next";
import type { ClassProgress } from "../../../common/contract/index.ts";
import { Progress } from "../../ui/Progress.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

const looks: Record<ClassProgress["rows"][number]["state"], { tone: Tone; sign: string }> = {
  waiting: { tone: "idle", sign: "·" },
  creating: { tone: "run", sign: "…" },
  sharing: { tone: "run", sign: "…" },
  done: { tone: "ok", sign: "✓" },
  failed: { tone: "bad", sign: "✕" },
};

/** How far a class list is carried out, and what of it failed. */
export function ClassProgressView({ progress, cancelled }: { progress: ClassProgress; cancelled: boolean }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { rows, state } = progress;
  const all = rows.length;
  const count = (wanted: string) => rows.filter((row) => row.state === wanted).length;
  const [done, failed] = [count("done"), count("failed")];
  const said = cancelled
    ? t("profiles.class.cancelled", { done, all })
    : state === "running"
      ? t("profiles.class.applying", { done, all })
      : failed > 0
        ? t("profiles.class.failed", { failed, all })
        : t("profiles.class.done", { count: done });
  return (
    <>
      <Progress
        label={t("profiles.class.title")}
        fraction={all === 0 ? 1 : (done + failed) / all}
        tone={failed > 0 ? "bad" : "accent"}
      />
      <p role="status">{said}</p>
      <ScrollRegion className="scrolled-list" label={t("profiles.class.title")}>
        <ul className="class-progress">
          {rows.map((row) => (
            <li key={row.profile}>
              <span>
                {row.profile}
                {row.problem ? <small className="text-bad">{words(row.problem).title}</small> : null}
              </span>
              <Tag tone={looks[row.state].tone} sign={looks[row.state].sign}>
                {t(`profiles.class.state.${row.state}`)}
              </Tag>
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </>
  );
}
