import { useEffect, useState } from "react";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import { useTranslation } from "react-i18next";
import type { ComponentInfo, ResolvedComponents } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { client, settle } from "../../../state/client.ts";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { goStep } from "../../../state/route.ts";
import { Button } from "../../../ui/Button.tsx";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { Search } from "../../../ui/icons.ts";
import { Tag } from "../../../ui/Tag.tsx";
import { CommandsButton, CommandsTeach } from "../CommandsButton.tsx";
import { currentRelease } from "../current-step.ts";
import { Teach } from "../ExplainPanel.tsx";
import { KfDefStep } from "../kfdef/KfDefStep.tsx";
import { StepLayout } from "../StepLayout.tsx";
import { chosenIds, grouped, toggle, withNeeds } from "./selection.ts";
import "./Components.css";
import { useStable } from "../../../state/use-stable.ts";

/** Which parts of a release are installed; of a KfDef, its applications as the file has them. */
export function ComponentsStep() {
  const isFromFile = useDraft((draft) => currentRelease(draft)?.capabilities.components === "file");
  return isFromFile ? <KfDefStep /> : <ReleaseComponents />;
}

function ReleaseComponents() {
  const { t } = useTranslation();
  const draft = useDraft();
  const [search, setSearch] = useState("");
  const release = currentRelease(draft);
  const language = useLanguage();
  const all = release?.components ?? [];
  const chosen = chosenIds(release, draft.components);
  const whole = withNeeds(all, chosen);
  const resolved = useResolved(release?.id, chosen);
  const groups = grouped(all, search, language);
  const choose = (ids: string[]) => setDraft({ components: ids });
  return (
    <StepLayout
      title={t("steps.components")}
      intro={t("components.intro")}
      aside={
        <>
          <Teach title={t("components.teachNeeds.title")}>{t("components.teachNeeds.text")}</Teach>
          <Teach title={t("components.teachKustomize.title")}>{t("components.teachKustomize.text")}</Teach>
          <CommandsTeach step="components" />
        </>
      }
      footer={
        <>
          <Button variant="ghost" onPress={() => goStep("settings")}>
            {t("common.back")}
          </Button>
          <span className="grow" />
          <CommandsButton step="components" />
          <Button variant="primary" isDisabled={whole.size === 0} onPress={() => goStep("checks")}>
            {t("common.continue")}
          </Button>
        </>
      }
    >
      <div className="components-bar">
        <SearchField className="search" aria-label={t("components.search")} value={search} onChange={setSearch}>
          <Search aria-hidden size={14} />
          <Input placeholder={t("components.search")} />
        </SearchField>
        <span className="components-count" role="status">
          {t("components.count", { chosen: whole.size, total: all.length })}
        </span>
        <span className="grow" />
        <Button
          size="sm"
          onPress={() => choose(all.map((component) => component.id))}
          isDisabled={whole.size === all.length}
        >
          {t("components.all")}
        </Button>
        <Button
          size="sm"
          onPress={() => choose([])}
          isDisabled={chosen.every((id) => all.find((c) => c.id === id)?.required)}
        >
          {t("components.none")}
        </Button>
      </div>
      {groups.length === 0 ? (
        <div className="empty">
          <p>{release ? t("components.noMatch", { search }) : t("common.looking")}</p>
        </div>
      ) : null}
      {groups.map(({ group, components }) => (
        <section key={group} className="component-group" aria-labelledby={`group-${group}`}>
          <h2 className="section-title" id={`group-${group}`}>
            {t(`components.group.${group}`)}
            <span className="faint">
              {" "}
              {components.filter((component) => whole.has(component.id)).length}/{components.length}
            </span>
          </h2>
          <ul>
            {components.map((component) => (
              <Line
                key={component.id}
                component={component}
                all={all}
                chosen={chosen.includes(component.id)}
                neededBy={whole.get(component.id)}
                resolved={resolved}
                onChange={(on) => choose(toggle(chosen, component.id, on))}
              />
            ))}
          </ul>
        </section>
      ))}
    </StepLayout>
  );
}

interface LineProps {
  component: ComponentInfo;
  all: readonly ComponentInfo[];
  chosen: boolean;
  /** Ids of those that need it; undefined when it is not going to be installed. */
  neededBy: readonly string[] | undefined;
  resolved: ResolvedComponents | undefined;
  onChange: (on: boolean) => void;
}

function Line({ component, all, chosen, neededBy, resolved, onChange }: LineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const added = neededBy !== undefined && !chosen;
  const title = (id: string) => all.find((other) => other.id === id)?.title[language] ?? id;
  const reasons = resolved?.components.find((entry) => entry.id === component.id)?.because;
  const first = neededBy?.[0];
  const reason =
    first === undefined
      ? undefined
      : (reasons?.find((r) => r.by === first)?.reason[language] ?? needOf(all, first, component.id)?.[language]);
  return (
    <li className="component-line">
      <CheckLine isSelected={neededBy !== undefined} isLocked={component.required || added} onChange={onChange}>
        <span className="component-name">
          <b>{component.title[language]}</b>
          {component.required ? <Tag>{t("components.required")}</Tag> : null}
          {added && first !== undefined ? (
            <Tag tone="run">{t("components.addedFor", { title: title(first) })}</Tag>
          ) : null}
        </span>
        <small>{component.description[language]}</small>
        {added && reason ? <small className="component-reason">{reason}</small> : null}
      </CheckLine>
    </li>
  );
}

function needOf(all: readonly ComponentInfo[], by: string, id: string) {
  return all.find((component) => component.id === by)?.needs.find((need) => need.id === id)?.because;
}

/** The backend's own resolution, with its reasons; what is on screen does not wait for it. */
function useResolved(release: string | undefined, chosen: readonly string[]): ResolvedComponents | undefined {
  const [resolved, setResolved] = useState<ResolvedComponents | undefined>(undefined);
  const asked = useStable(chosen);
  useEffect(() => {
    if (release === undefined) return;
    let stale = false;
    settle(client().call("components.resolve", { release, chosen: [...asked] })).then(
      (answer) => {
        if (!stale && answer.ok) setResolved(answer.value);
      },
      () => undefined,
    ); // settle turns failures into values
    return () => {
      stale = true;
    };
  }, [release, asked]);
  return resolved;
}
