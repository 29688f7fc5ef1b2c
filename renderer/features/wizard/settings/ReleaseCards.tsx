import { useTranslation } from "react-i18next";
import { useLanguage } from "../../../i18n/use-language.ts";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { RadioCards } from "../../../ui/RadioCards.tsx";
import { currentRelease } from "../current-step.ts";

/** The releases of the catalogue, each with where its sources would come from. */
export function ReleaseCards() {
  const { t } = useTranslation();
  const draft = useDraft();
  const release = currentRelease(draft);
  const language = useLanguage();
  if (!draft.releases) return <div className="release-loading">{draft.releasesError ? null : t("common.looking")}</div>;
  return (
    <div>
      <RadioCards
        id="field-release"
        label={t("settings.release")}
        code="CONFIG_URI"
        value={draft.release}
        onChange={(id) => setDraft({ release: id })}
        options={draft.releases.map((candidate) => ({
          value: candidate.id,
          title: candidate.title[language],
          note: t("settings.releaseNote", {
            source: t(`settings.source.${candidate.source}`),
            version: candidate.kubernetesMin,
          }),
        }))}
      />
      {release ? <p className="hint release-about">{release.description[language]}</p> : null}
    </div>
  );
}
