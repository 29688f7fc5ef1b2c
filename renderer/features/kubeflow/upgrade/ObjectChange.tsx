import { useTranslation } from "react-i18next";
import type { UpgradeField } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Age } from "../../../ui/Age.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import { managerName, nameOf } from "../drift-words.ts";
import { Values } from "../Values.tsx";
import { Switch } from "./Switch.tsx";
import type { Listed, ListId } from "./upgrade-lists.ts";

export interface ObjectChangeProps {
  one: Listed | undefined;
  list: ListId;
  allowed: boolean;
  pruned: boolean;
  /** The field that the keys J and K have come to. */
  field: number;
  onAllow: () => void;
  onPrune: () => void;
}

/** What becomes of one object: why it is recreated, what stays, and each field before and after. */
export function ObjectChange({ one, list, allowed, pruned, field, onAllow, onPrune }: ObjectChangeProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (one === undefined) return <p className="muted upgrade-nothing">{t("upgrade.chooseObject")}</p>;
  const { object, fields = [], more = 0, others = [], recreate, rejected, untried, stays, because } = one;
  const name = nameOf(object);
  return (
    <ScrollRegion label={name} className="upgrade-change">
      <h2>
        <span className="mono">{visibleBidi(name)}</span>
        {recreate ? (
          <Tag tone="warn" sign="↻">
            {t("upgrade.recreate")}
          </Tag>
        ) : null}
      </h2>
      {list === "created" ? <p>{t("upgrade.newText")}</p> : null}
      {list === "unchanged" ? <p>{t("upgrade.sameText")}</p> : null}
      {recreate ? (
        <>
          <p>
            {t("upgrade.recreateText", { why: textOf(recreate, language) })}{" "}
            {others.length > 0 ? t("upgrade.othersLost") : null}
          </p>
          <Switch label={t("upgrade.allow", { what: name })} on={allowed} onChange={onAllow} />
        </>
      ) : null}
      {untried ? <p className="text-warn">{t("upgrade.untriedText", { why: textOf(untried, language) })}</p> : null}
      {rejected ? <ErrorBanner error={rejected} tone="warn" /> : null}
      {list === "removed" && !stays ? (
        <p>
          {t("upgrade.goesText")} {because ? textOf(because, language) : null}
        </p>
      ) : null}
      {stays ? (
        <>
          <p>{pruned ? t("upgrade.prunedText") : t("upgrade.staysText", { why: textOf(stays, language) })}</p>
          <Switch label={t("upgrade.prune")} on={pruned} onChange={onPrune} />
        </>
      ) : null}
      <ul className="kubeflow-fields upgrade-fields">
        {fields.map((one, index) => (
          <FieldRow key={one.path} field={one} current={index === field} />
        ))}
      </ul>
      {more > 0 ? <p className="muted">{t("upgrade.moreFields", { count: more })}</p> : null}
      {others.length > 0 && !recreate ? (
        <>
          <h3>{t("upgrade.others")}</h3>
          <ul className="kubeflow-fields upgrade-fields">
            {others.map((one) => (
              <FieldRow key={one.path} field={{ ...one, becomes: one.was }} current={false} />
            ))}
          </ul>
        </>
      ) : null}
    </ScrollRegion>
  );
}

type ShownField = Omit<UpgradeField, "becomes"> & { becomes?: string | undefined };

function FieldRow({ field, current }: { field: ShownField; current: boolean }) {
  const { t } = useTranslation();
  const { path, was, becomes, by, at } = field;
  return (
    <li
      className="kubeflow-field"
      aria-current={current || undefined}
      ref={(row) => {
        if (current) row?.scrollIntoView({ block: "nearest" });
      }}
    >
      <span className="mono kubeflow-field-path">{visibleBidi(path)}</span>
      <span className="mono kubeflow-field-values">
        <Values
          field={{
            path,
            ...(was === undefined ? {} : { applied: was }),
            ...(becomes === undefined ? {} : { live: becomes }),
          }}
        />
      </span>
      {by ? (
        <span className="upgrade-owner">
          {t("upgrade.setBy", { manager: managerName(by) })}
          {at ? (
            <>
              {", "}
              <Age since={at} />
            </>
          ) : null}
        </span>
      ) : null}
    </li>
  );
}
