import { useTranslation } from "react-i18next";
import { visibleBidi } from "../../../../common/text/index.ts";
import { Tag } from "../../../ui/Tag.tsx";
import { nameOf } from "../drift-words.ts";
import type { Listed } from "./upgrade-lists.ts";

export interface ObjectListProps {
  label: string;
  groups: readonly { component: string; objects: readonly Listed[] }[];
  selected: string | undefined;
  prune: ReadonlySet<string>;
  titleOf: (component: string) => string;
  onSelect: (key: string) => void;
}

/** The objects of one list by component; the arrow keys walk through them, and what they change is shown beside. */
export function ObjectList({ label, groups, selected, prune, titleOf, onSelect }: ObjectListProps) {
  const keys = groups.flatMap(({ objects }) => objects.map(({ key }) => key));
  const move = (step: number) => {
    const at = keys.indexOf(selected ?? "");
    const next = keys[Math.min(keys.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    onSelect(next);
    document.getElementById(idOf(next))?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div
      role="listbox"
      tabIndex={0}
      aria-label={label}
      className="upgrade-list"
      aria-activedescendant={selected !== undefined && keys.includes(selected) ? idOf(selected) : undefined}
      onKeyDown={(event) => {
        const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -keys.length, End: keys.length };
        const step = steps[event.key as keyof typeof steps];
        if (step === undefined) return;
        event.preventDefault();
        move(step);
      }}
    >
      {groups.map(({ component, objects }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of a listbox
        <div key={component} role="group" aria-label={titleOf(component)}>
          <div className="upgrade-group" aria-hidden>
            <span>{titleOf(component)}</span>
            <span className="faint">{objects.length}</span>
          </div>
          {objects.map((one) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the listbox has the focus and the keys
            <div
              key={one.key}
              id={idOf(one.key)}
              role="option"
              aria-selected={one.key === selected}
              className="upgrade-option"
              onClick={() => onSelect(one.key)}
            >
              <span className="upgrade-name">
                <span className="muted">{one.object.kind}</span>{" "}
                <span className="mono">{visibleBidi(nameOf(one.object).slice(one.object.kind.length + 1))}</span>
              </span>
              <Mark one={one} pruned={prune.has(one.key)} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function Mark({ one, pruned }: { one: Listed; pruned: boolean }) {
  const { t } = useTranslation();
  if (one.rejected)
    return (
      <Tag tone="bad" sign="!">
        {t("upgrade.rejected")}
      </Tag>
    );
  if (one.recreate)
    return (
      <Tag tone="warn" sign="↻">
        {t("upgrade.recreate")}
      </Tag>
    );
  if (one.stays)
    return pruned ? (
      <Tag tone="bad" sign="−">
        {t("upgrade.goes")}
      </Tag>
    ) : (
      <Tag tone="ok">{t("upgrade.stays")}</Tag>
    );
  const count = (one.fields?.length ?? 0) + (one.more ?? 0);
  return count > 0 ? <small className="faint">{t("upgrade.fields", { count })}</small> : null;
}

function idOf(key: string): string {
  return `upgrade-${key.replaceAll(/[^\w-]/g, "_")}`;
}
