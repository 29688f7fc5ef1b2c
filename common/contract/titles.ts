import type { Language } from "./app.ts";
import type { ReleaseInfo } from "./releases.ts";

type Releases = readonly Pick<ReleaseInfo, "id" | "title" | "components">[];

/**
 * What the release of an installation is called in a language. Its record has an English title: of a KfDef that title
 * may be another than the release's, and then it is a name as it stands.
 */
export function releaseTitle(
  releases: Releases | undefined,
  recorded: { release: string; title: string },
  language: Language,
): string {
  const title = releases?.find(({ id }) => id === recorded.release)?.title;
  return title?.en === recorded.title ? title[language] : recorded.title;
}

/** The same of a component; the applications of a KfDef have their names only. */
export function componentTitle(
  releases: Releases | undefined,
  release: string,
  recorded: { id: string; title: string },
  language: Language,
): string {
  const components = releases?.find(({ id }) => id === release)?.components;
  return components?.find(({ id }) => id === recorded.id)?.title[language] ?? recorded.title;
}
