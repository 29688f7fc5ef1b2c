import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CreatedDocument } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { browse } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { Changes } from "./Clashes.tsx";
import { Owners } from "./Owners.tsx";

const tones: Record<CreatedDocument["state"], Tone> = {
  new: "ok",
  changed: "run",
  unchanged: "idle",
  untried: "idle",
  failed: "bad",
  skipped: "idle",
};

/** What becomes (or became) of each object of the text. */
export function CreatedList({
  documents,
  dryRun,
  onOpened,
}: {
  documents: readonly CreatedDocument[];
  dryRun: boolean;
  onOpened: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new results come into sight
  useEffect(() => {
    void place.current?.scrollIntoView({ block: "nearest" });
  }, [documents]);
  return (
    <div ref={place} role="status">
      <ul className="yaml-created" aria-label={t("yaml.results")}>
        {documents.map((document) => (
          <li key={`${document.line} ${document.kind} ${document.name}`}>
            <div className="yaml-created-line">
              <Tag tone={tones[document.state]}>
                {dryRun ? t(`yaml.would.${document.state}`) : t(`yaml.was.${document.state}`)}
              </Tag>
              <span>{document.kind}</span>
              <span className="mono">{[document.namespace, document.name].filter(Boolean).join("/")}</span>
              {!dryRun && document.plural && document.state !== "failed" && document.state !== "skipped" ? (
                <Button
                  size="sm"
                  variant="ghost"
                  onPress={() => {
                    open(document);
                    onOpened();
                  }}
                >
                  {t("yaml.open")}
                </Button>
              ) : null}
            </div>
            {document.state === "untried" ? <p className="yaml-created-note">{t("yaml.untriedNote")}</p> : null}
            {document.problems.map(({ path, said }) => {
              const words = visibleBidi(textOf(said, language));
              return (
                <p key={`${path} ${words}`} className="yaml-created-problem">
                  {path === undefined || words.includes(path) ? words : `${path}: ${words}`}
                </p>
              );
            })}
            {document.warnings.map((words) => (
              <p key={words} className="yaml-created-note">
                {words}
              </p>
            ))}
            {document.owners.length > 0 ? <Owners owners={document.owners} busy /> : null}
            {document.changes.length > 0 ? (
              <Disclosure title={t("yaml.changes", { count: document.changes.length })}>
                <Changes title={document.name} changes={document.changes} />
              </Disclosure>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function open({ apiVersion, plural, namespace, name }: CreatedDocument): void {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  browse({
    resource: group === "" ? (plural ?? "") : `${plural}.${group}`,
    namespaces: [],
    object: namespace === undefined ? { name } : { namespace, name },
  });
}
