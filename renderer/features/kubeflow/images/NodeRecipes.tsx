import { useTranslation } from "react-i18next";
import type { NodeRecipe } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { CopyLines } from "../../../ui/CopyLines.tsx";

/** What to set up on nodes, for each kind of runtime. */
export function NodeRecipes({ recipes }: { recipes: readonly NodeRecipe[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className="images-recipes">
      {recipes.map(({ runtime, version, nodes, files, commands, notes }) => (
        <li key={`${runtime} ${version}`}>
          <strong className="mono">{version}</strong> <span className="muted">{nodes.join(", ")}</span>
          {notes.map((note) => (
            <p key={note.id}>{textOf(note, language)}</p>
          ))}
          {files.map(({ path, content, how }) => (
            <div key={path}>
              <p>{t(`registries.deploy.file.${how}`, { path })}</p>
              <CopyLines lines={content.trimEnd().split("\n")} label={path} />
            </div>
          ))}
          {commands.length === 0 ? null : (
            <CopyLines lines={commands} label={t("registries.deploy.commands", { version })} />
          )}
        </li>
      ))}
    </ul>
  );
}
