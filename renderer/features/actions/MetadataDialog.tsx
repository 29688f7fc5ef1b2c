import { useState } from "react";
import { useTranslation } from "react-i18next";
import { labelValue, qualifiedName } from "../../../common/contract/index.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Plus, X } from "../../ui/icons.ts";
import type { OpenDialog } from "./dialogs.ts";
import { FieldsDialog } from "./FieldsDialog.tsx";
import { changesOf, commonPairs, type Pair } from "./metadata-pairs.ts";
import { titleOf } from "./titles.ts";
import { useFacts } from "./use-facts.ts";

/** Labels or annotations: changed, added and taken away; of several objects those that all have alike are shown. */
export function MetadataDialog({ id, targets }: { id: "labels" | "annotations"; targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const looked = useFacts(targets);
  const { there } = looked;
  const before = commonPairs(there.map(({ facts }) => facts[id]));
  const [edited, setEdited] = useState<Pair[] | undefined>();
  const pairs = edited ?? before.map(([key, value], index) => ({ id: `${index}`, key, value, removed: false }));
  const keyProblem = (pair: Pair): string | undefined => {
    if (!qualifiedName.safeParse(pair.key).success) return t("actions.meta.badKey");
    const twice = pairs.some((other) => other.id !== pair.id && !other.removed && other.key === pair.key);
    return twice ? t("actions.meta.twice") : undefined;
  };
  const valueWrong = (pair: Pair) => id === "labels" && !labelValue.safeParse(pair.value).success;
  const wrong = pairs.some((pair) => !pair.removed && (keyProblem(pair) !== undefined || valueWrong(pair)));
  const change = { do: id, ...changesOf(before, pairs) };
  const nothing = Object.keys(change.set).length === 0 && change.remove.length === 0;
  const edit = (key: string, part: Partial<Pair>) =>
    setEdited(pairs.map((pair) => (pair.id === key ? { ...pair, ...part } : pair)));
  const title = titleOf(t, id);
  return (
    <FieldsDialog targets={targets} looked={looked} title={title} change={change} ready={!nothing && !wrong}>
      {targets.length > 1 ? <p>{t("actions.meta.common")}</p> : null}
      <div className="action-pairs">
        {pairs.map((pair) => (
          <PairRow
            key={pair.id}
            pair={pair}
            known={before.some(([key]) => key === pair.key) && Number(pair.id) < before.length}
            keyProblem={pair.removed ? undefined : keyProblem(pair)}
            valueProblem={!pair.removed && valueWrong(pair) ? t("actions.meta.badValue") : undefined}
            onChange={(part) => edit(pair.id, part)}
            onDrop={() => setEdited(pairs.filter((other) => other.id !== pair.id))}
          />
        ))}
      </div>
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden />}
          onPress={() => setEdited([...pairs, { id: crypto.randomUUID(), key: "", value: "", removed: false }])}
        >
          {t("actions.meta.add")}
        </Button>
      </div>
    </FieldsDialog>
  );
}

function PairRow({
  pair,
  known,
  keyProblem,
  valueProblem,
  onChange,
  onDrop,
}: {
  pair: Pair;
  known: boolean;
  keyProblem: string | undefined;
  valueProblem: string | undefined;
  onChange: (part: Partial<Pair>) => void;
  onDrop: () => void;
}) {
  const { t } = useTranslation();
  const { key, value, removed } = pair;
  const untouched = key === "" && value === "";
  return (
    <div className={removed ? "action-pair action-pair-removed" : "action-pair"}>
      <Field
        label={t("actions.meta.key")}
        value={key}
        mono
        isDisabled={known || removed}
        onChange={(next) => onChange({ key: next.trim() })}
        error={untouched ? undefined : keyProblem}
      />
      <Field
        label={t("actions.meta.value")}
        value={value}
        mono
        isDisabled={removed}
        onChange={(next) => onChange({ value: next })}
        error={valueProblem}
      />
      {removed ? (
        <Button size="sm" onPress={() => onChange({ removed: false })}>
          {t("actions.meta.keep")}
        </Button>
      ) : (
        <IconButton
          label={t("actions.meta.remove", { key: key || t("actions.meta.key") })}
          onPress={() => (known ? onChange({ removed: true }) : onDrop())}
        >
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
