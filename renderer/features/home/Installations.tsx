import { useTranslation } from "react-i18next";
import type { InstallationEntry } from "../../../common/contract/index.ts";
import { connect, findContextByName, useCluster } from "../../state/cluster.ts";
import { draftFrom } from "../../state/draft.ts";
import { forgetInstallation, openInstallation, useInstall } from "../../state/install.ts";
import { goStep } from "../../state/route.ts";
import { useTitles } from "../../state/use-titles.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { useFormat } from "../../ui/format.ts";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

const tones: Record<InstallationEntry["state"], Tone> = {
  none: "idle",
  planned: "idle",
  running: "run",
  interrupted: "warn",
  cancelled: "warn",
  failed: "bad",
  installed: "ok",
  removing: "run",
  removed: "idle",
};

const signs: Record<Tone, string> = { ok: "✓", run: "◐", warn: "△", bad: "!", idle: "·" };

/** Installations this app knows, each with what can be done next. */
export function Installations({ entries }: { entries: readonly InstallationEntry[] }) {
  const { t } = useTranslation();
  const error = useInstall((state) => state.knownError);
  return (
    <section aria-labelledby="installations">
      <h2 className="home-section" id="installations">
        {t("home.installations")}
      </h2>
      {error ? <ErrorBanner error={error} /> : null}
      <ul className="installations">
        {entries.map((entry) => (
          <Row key={entry.kfDir} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Row({ entry }: { entry: InstallationEntry }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const titles = useTitles();
  const tone = tones[entry.state];
  const settled = entry.state === "removed" || entry.state === "none" || entry.state === "planned";
  const open = () => {
    show(entry);
    goStep(entry.state === "installed" ? "done" : settled ? "settings" : "install");
  };
  return (
    <li className="installation">
      <div className="installation-words">
        <b>{entry.name}</b> <span className="muted">{titles.release(entry)}</span>
        <small>
          <span className="mono">{entry.kfDir}</span>
          {entry.contextName ? ` · ${entry.contextName}` : null}
          {entry.updatedAt ? ` · ${format.date(entry.updatedAt)}` : null}
        </small>
        {entry.error ? <small className="installation-error">{words(entry.error).title}</small> : null}
      </div>
      <Tag tone={tone} sign={signs[tone]}>
        {t(`install.state.${entry.state}`)}
      </Tag>
      <Button size="sm" onPress={open} aria-label={`${t(actionOf(entry))}: ${entry.name}`}>
        {t(actionOf(entry))}
      </Button>
      {settled ? (
        <Button
          size="sm"
          variant="ghost"
          onPress={() => void forgetInstallation(entry.kfDir)}
          aria-label={`${t("home.forget")}: ${entry.name}`}
        >
          {t("home.forget")}
        </Button>
      ) : null}
    </li>
  );
}

function actionOf({ state }: InstallationEntry) {
  if (state === "installed") return "home.open" as const;
  if (state === "running" || state === "removing") return "home.watch" as const;
  if (state === "interrupted" || state === "cancelled" || state === "failed") return "home.continue" as const;
  return "home.again" as const;
}

/** Puts it on screen with its settings and, where that is known, its cluster. */
function show(entry: InstallationEntry): void {
  openInstallation(entry.kfDir);
  if (entry.settings) draftFrom(entry.settings);
  const cluster = useCluster.getState();
  const context = findContextByName(cluster.list, entry.contextName);
  if (context && context.id !== cluster.chosen) void connect(context.id);
}
