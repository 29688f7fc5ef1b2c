import { useMemo } from "react";
import { MenuTrigger } from "react-aria-components/Menu";
import { useTranslation } from "react-i18next";
import type { ResourceInfo, TableSource } from "../../../../common/contract/index.ts";
import { setSelection } from "../../../state/browse.ts";
import { parseKey, type Selection } from "../../../state/selection.ts";
import { useObjectActions } from "../../../state/use-object-actions.ts";
import { Button } from "../../../ui/Button.tsx";
import { useCopy } from "../../../ui/use-copy.ts";
import { ActionsMenu } from "./ActionsMenu.tsx";
import { focusGrid } from "./focus-grid.ts";

/** What can be done with all marked rows at once; there while any is marked. */
export function BulkBar(props: { table: string; info: ResourceInfo; source: TableSource; selection: Selection }) {
  return props.selection.marked.size > 0 ? <MarkedBar {...props} /> : null;
}

const buttons = 3;

function MarkedBar({
  table,
  info,
  source,
  selection,
}: {
  table: string;
  info: ResourceInfo;
  source: TableSource;
  selection: Selection;
}) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const { context, group, version, plural } = source;
  const targets = useMemo(
    () => [...selection.marked].map((key) => ({ context, group, version, plural, kind: info.kind, ...parseKey(key) })),
    [selection.marked, context, group, version, plural, info.kind],
  );
  const actions = useObjectActions(targets);
  const usable = actions.filter(({ unavailable }) => unavailable === undefined);
  const first = usable.filter(({ primary, danger }) => primary || danger).slice(0, buttons);
  return (
    <section className="bulk" aria-label={t("browse.bulk.title")}>
      <strong role="status">{t("browse.bulk.marked", { count: selection.marked.size })}</strong>
      {first.map((action) => (
        <Button key={action.id} size="sm" variant={action.danger ? "danger" : "default"} onPress={action.run}>
          {action.title}
        </Button>
      ))}
      <MenuTrigger>
        <Button size="sm">{t("browse.bulk.more")}</Button>
        <ActionsMenu label={t("browse.row.actions")} actions={actions} />
      </MenuTrigger>
      <Button size="sm" onPress={() => copy(targets.map(({ name }) => name).join("\n"))}>
        {copied ? t("common.copied") : t("browse.row.copy", { count: targets.length })}
      </Button>
      <span className="grow" />
      <Button
        size="sm"
        variant="ghost"
        onPress={() => {
          setSelection(table, (known) => ({ ...known, marked: new Set() }));
          focusGrid();
        }}
      >
        {t("browse.bulk.clear")}
      </Button>
    </section>
  );
}
