import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EditProblem } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { shortcut } from "../../ui/shortcut.ts";
import { DiffView } from "../../ui/yaml/DiffView.tsx";
import { Changes } from "./Clashes.tsx";
import { Owners } from "./Owners.tsx";
import { backToWriting, type EditSession, review, save } from "./sessions.ts";
import { useMaySave } from "./use-may-save.ts";

/** What saving would change, as the API server would store it; then saving. */
export function ReviewStage({ session, sessionId }: { session: EditSession; sessionId: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  const { outcome, target, how, busy } = session;
  const mayNot = useMaySave(target, how);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  if (outcome === undefined) return null;
  const { changes, warnings, problems, owners, moved, before, after } = outcome;
  const blocked = mayNot ?? (changes.length === 0 ? t("yaml.nothingChanges") : undefined);
  const problemWords = ({ kind, path, said }: EditProblem) =>
    kind === "ignored" && path !== undefined ? t("yaml.ignored", { path }) : visibleBidi(textOf(said, language));
  // While it saves the button stays: a disabled one would lose the focus.
  const canSave = blocked === undefined && owners.length === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl-S and Escape are shortcuts for the buttons in it
    <div
      className="yaml-review"
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          backToWriting(sessionId);
        }
        if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          if (canSave) void save(sessionId);
        }
      }}
    >
      <div className="yaml-bar">
        <span title={blocked}>
          <Button
            size="sm"
            variant="primary"
            isDisabled={!canSave}
            onPress={() => void save(sessionId)}
            after={<Kbd>{shortcut("S")}</Kbd>}
          >
            {busy === "saving" ? t("yaml.saving") : t("yaml.save")}
          </Button>
        </span>
        <Button size="sm" onPress={() => backToWriting(sessionId)}>
          {t("yaml.back")}
        </Button>
        <Segmented
          label={t("yaml.how")}
          value={how}
          onChange={(next) => void review(sessionId, { how: next, takeOver: false })}
          options={[
            { value: "update", label: t("yaml.update") },
            { value: "apply", label: t("yaml.apply") },
          ]}
        />
      </div>
      <h3 ref={heading} tabIndex={-1} className="yaml-review-title">
        {changes.length === 0 && owners.length > 0
          ? t("yaml.ownedTitle")
          : t("yaml.changes", { count: changes.length })}
      </h3>
      {mayNot === undefined ? null : <p className="yaml-why">{mayNot}</p>}
      {session.error ? <ErrorBanner error={session.error} /> : null}
      {owners.length > 0 ? (
        <Owners
          owners={owners}
          busy={busy !== undefined}
          onTakeOver={() => void review(sessionId, { takeOver: true })}
        />
      ) : null}
      {session.takeOver && owners.length === 0 ? <Banner tone="warn" title={t("yaml.takesOver")} /> : null}
      {moved ? (
        <Banner tone="info" title={t("yaml.putOnto")}>
          <Changes title={t("yaml.theirs")} changes={moved.theirs} />
        </Banner>
      ) : null}
      {warnings.length > 0 || problems.length > 0 ? (
        <Banner tone="warn" title={t("yaml.serverWarns")}>
          <ul>
            {[...warnings, ...problems.map(problemWords)].map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Banner>
      ) : null}
      {before !== undefined && after !== undefined && changes.length > 0 ? (
        <>
          <DiffView before={before} after={after} label={target.name} />
          <div className="sr-only">
            <Changes title={t("yaml.changes", { count: changes.length })} changes={changes} />
          </div>
        </>
      ) : null}
    </div>
  );
}
