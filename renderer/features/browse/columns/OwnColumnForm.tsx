import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, Cell, ResourceInfo } from "../../../../common/contract/index.ts";
import { selectionOf } from "../../../state/browse.ts";
import { client } from "../../../state/client.ts";
import type { BrowsePlace } from "../../../state/route.ts";
import { parseKey } from "../../../state/selection.ts";
import { useShownTable } from "../../../state/tables.ts";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { useErrorWords } from "../../../ui/use-error-words.ts";
import { tableName } from "../table-name.ts";
import { setChoice, useChoice } from "./use-columns.ts";

const patience = 250;

/** A column of the user's own: a name and a JSONPath, tried on one object while it is typed. */
export function OwnColumnForm({ info, place }: { info: ResourceInfo; place: BrowsePlace }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const choice = useChoice(place.resource);
  const [name, setName] = useState("");
  const [path, setPath] = useState("");
  const trial = useTrial(info, place, path.trim());
  const taken = choice.own.some((own) => own.name === name.trim());
  const ready = name.trim() !== "" && path.trim() !== "" && !taken && trial?.error === undefined;
  const add = () => {
    if (!ready) return;
    setChoice(place.resource, { own: [...choice.own, { name: name.trim(), path: path.trim() }] });
    setName("");
    setPath("");
  };
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <h3>{t("browse.columns.own")}</h3>
      <Field
        label={t("browse.columns.name")}
        value={name}
        onChange={setName}
        error={taken ? t("browse.columns.taken") : undefined}
      />
      <Field
        label={t("browse.columns.path")}
        mono
        value={path}
        onChange={setPath}
        placeholder=".spec.nodeName"
        error={trial?.error && words(trial.error).title}
        description={
          trial
            ? t("browse.columns.value", { value: cellWords(trial.value, t("browse.columns.nothing")), name: trial.of })
            : t("browse.columns.hint")
        }
      />
      <span className="popup-actions">
        <Button size="sm" type="submit" isDisabled={!ready}>
          {t("browse.columns.add")}
        </Button>
      </span>
    </form>
  );
}

function cellWords(value: Cell, nothing: string): string {
  return value === null || value === "" ? nothing : String(value);
}

interface Trial {
  of: string;
  value: Cell;
  error?: AppError;
}

/** What the path gives for the row with the focus (or the first): asked of the cluster as a table of that one object. */
function useTrial(info: ResourceInfo, place: BrowsePlace, path: string): Trial | undefined {
  const [trial, setTrial] = useState<Trial | undefined>(undefined);
  const session = useShownTable((known) => known.session);
  const first = useShownTable((known) => known.state?.view?.rows[0]?.key);
  const source = session?.source;
  const key = selectionOf(tableName(place)).focus ?? first;
  useEffect(() => {
    if (path === "" || !source || key === undefined) {
      setTrial(undefined);
      return;
    }
    const { namespace, name } = parseKey(key);
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => {
      stop = client().subscribe(
        "table.open",
        {
          view: crypto.randomUUID(),
          source: {
            context: source.context,
            group: info.group,
            version: info.version,
            plural: info.plural,
            namespaces: namespace ? [namespace] : [],
            fieldSelector: `metadata.name=${name}`,
            ownColumns: [{ name: "trial", path }],
          },
          query: { window: { offset: 0, count: 1 } },
        },
        {
          onItem: (view) => {
            const at = view.columns.findIndex((column) => column.own);
            const [row] = view.rows;
            if (row) setTrial({ of: row.name, value: row.cells[at] ?? null });
          },
          onError: (error) => setTrial({ of: name, value: null, error }),
        },
      );
    }, patience);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [path, key, source, info]);
  return trial;
}
