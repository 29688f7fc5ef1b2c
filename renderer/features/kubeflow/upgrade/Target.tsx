import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InstallSettings } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useDraft } from "../../../state/draft.ts";
import { Button } from "../../../ui/Button.tsx";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { Select } from "../../../ui/Select.tsx";
import type { Targets } from "./use-upgrade-plan.ts";

export interface TargetProps {
  known: Targets;
  settings: InstallSettings;
  onChange: (settings: InstallSettings) => void;
}

/** To which release, and with which of its components. */
export function Target({ known, settings, onChange }: TargetProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const releases = useDraft((draft) => draft.releases) ?? [];
  const titleOf = (id: string) => releases.find((release) => release.id === id)?.title[language] ?? id;
  const options = known.targets.map(({ settings: { release }, saved }) => ({
    value: release,
    label: saved === undefined ? titleOf(release) : t("upgrade.saved", { title: titleOf(release) }),
  }));
  const release = releases.find(({ id }) => id === settings.release);
  return (
    <div className="upgrade-target">
      <Select
        compact
        label={t("upgrade.release")}
        value={settings.release}
        options={options}
        onChange={(id) => {
          const target = known.targets.find((one) => one.settings.release === id);
          if (target) onChange(target.settings);
        }}
      />
      {release && release.components.length > 0 ? (
        <Disclosure title={t("upgrade.components")} level={2}>
          <ComponentChoice
            key={`${settings.release} ${settings.components.join()}`}
            components={release.components.map(({ id, title, required }) => ({ id, required, title: title[language] }))}
            chosen={settings.components}
            onChosen={(components) => onChange({ ...settings, components })}
          />
        </Disclosure>
      ) : null}
    </div>
  );
}

interface ComponentChoiceProps {
  components: readonly { id: string; title: string; required: boolean }[];
  chosen: readonly string[];
  onChosen: (components: string[]) => void;
}

/** What they need comes along by itself: the plan says it. */
function ComponentChoice({ components, chosen, onChosen }: ComponentChoiceProps) {
  const { t } = useTranslation();
  const [now, setNow] = useState<ReadonlySet<string>>(new Set(chosen));
  return (
    <div className="upgrade-components">
      {components.map(({ id, title, required }) => (
        <CheckLine
          key={id}
          isSelected={required || now.has(id)}
          isLocked={required}
          onChange={(on) => setNow(new Set(on ? [...now, id] : [...now].filter((one) => one !== id)))}
        >
          {title}
        </CheckLine>
      ))}
      <Button size="sm" onPress={() => onChosen(components.flatMap(({ id }) => (now.has(id) ? [id] : [])))}>
        {t("upgrade.planAgain")}
      </Button>
    </div>
  );
}
