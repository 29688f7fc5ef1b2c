import { useState } from "react";
import { useTranslation } from "react-i18next";
import { labelValue, qualifiedName, type Taint, taintEffect } from "../../../common/contract/index.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Plus, X } from "../../ui/icons.ts";
import { Select } from "../../ui/Select.tsx";
import type { OpenDialog } from "./dialogs.ts";
import { FieldsDialog } from "./FieldsDialog.tsx";
import { titleOf } from "./titles.ts";
import { useFacts } from "./use-facts.ts";

interface Row {
  id: string;
  key: string;
  value: string;
  effect: Taint["effect"];
}

const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect && (a.value ?? "") === (b.value ?? "");

/** Taints of nodes: pods that do not tolerate them stay away, or are sent away. */
export function TaintsDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const looked = useFacts(targets);
  const { there, asking } = looked;
  const [added, setAdded] = useState<readonly Row[]>([]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const first = there[0]?.facts.taints ?? [];
  const common = first.filter((taint) =>
    there.every(({ facts }) => facts.taints?.some((other) => same(taint, other)) ?? false),
  );
  const keyOf = ({ key, effect }: Taint) => `${key}:${effect}`;
  const rowWrong = ({ key, value }: Row) =>
    !qualifiedName.safeParse(key).success || !labelValue.safeParse(value).success;
  const filled = added.filter(({ key, value }) => key !== "" || value !== "");
  const change = {
    do: "taints" as const,
    set: filled.map(({ key, value, effect }) => ({ key, effect, ...(value === "" ? {} : { value }) })),
    remove: common.filter((taint) => removed.includes(keyOf(taint))).map(({ key, effect }) => ({ key, effect })),
  };
  const wrong = filled.some(rowWrong);
  const nothing = change.set.length === 0 && change.remove.length === 0;
  const edit = (id: string, part: Partial<Row>) =>
    setAdded((rows) => rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const title = titleOf(t, "taints");
  return (
    <FieldsDialog targets={targets} looked={looked} title={title} change={change} ready={!nothing && !wrong}>
      <p>{t("actions.taint.will")}</p>
      {common.length > 0 ? (
        <ul className="action-taints">
          {common.map((taint) => {
            const gone = removed.includes(keyOf(taint));
            return (
              <li key={keyOf(taint)} className={gone ? "action-line action-pair-removed" : "action-line"}>
                <span className="mono">
                  {taint.key}
                  {taint.value ? `=${taint.value}` : ""}:{taint.effect}
                </span>
                <Button
                  size="sm"
                  onPress={() =>
                    setRemoved(gone ? removed.filter((key) => key !== keyOf(taint)) : [...removed, keyOf(taint)])
                  }
                >
                  {gone ? t("actions.meta.keep") : t("actions.taint.remove")}
                </Button>
              </li>
            );
          })}
        </ul>
      ) : (
        <p className="faint">{asking ? t("common.looking") : t("actions.taint.none")}</p>
      )}
      {added.map((row) => (
        <div key={row.id} className="action-pair action-taint">
          <Field
            label={t("actions.meta.key")}
            mono
            value={row.key}
            onChange={(key) => edit(row.id, { key: key.trim() })}
            error={row.key !== "" && !qualifiedName.safeParse(row.key).success ? t("actions.meta.badKey") : undefined}
          />
          <Field
            label={t("actions.meta.value")}
            mono
            value={row.value}
            onChange={(value) => edit(row.id, { value: value.trim() })}
            error={labelValue.safeParse(row.value).success ? undefined : t("actions.meta.badValue")}
          />
          <Select
            label={t("actions.taint.effect")}
            value={row.effect}
            options={taintEffect.options.map((value) => ({ value, label: value }))}
            onChange={(effect) => edit(row.id, { effect })}
          />
          <IconButton
            label={t("actions.meta.remove", { key: row.key || t("actions.meta.key") })}
            onPress={() => setAdded((rows) => rows.filter(({ id }) => id !== row.id))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      {filled.some(({ effect }) => effect === "NoExecute") ? <p>{t("actions.taint.noExecute")}</p> : null}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden />}
          onPress={() =>
            setAdded((rows) => [...rows, { id: crypto.randomUUID(), key: "", value: "", effect: "NoSchedule" }])
          }
        >
          {t("actions.taint.add")}
        </Button>
      </div>
    </FieldsDialog>
  );
}
