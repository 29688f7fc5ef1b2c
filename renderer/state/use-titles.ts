import { componentTitle, releaseTitle } from "../../common/contract/index.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useDraft } from "./draft.ts";

/** What releases and components of installations are called in the page's language. */
export function useTitles(): {
  release: (recorded: { release: string; title: string }) => string;
  component: (release: string, recorded: { id: string; title: string }) => string;
} {
  const releases = useDraft((draft) => draft.releases);
  const language = useLanguage();
  return {
    release: (recorded) => releaseTitle(releases, recorded, language),
    component: (release, recorded) => componentTitle(releases, release, recorded, language),
  };
}
