import { useRef } from "react";
import { Header } from "react-aria-components/Header";
import { Menu, MenuSection } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../../common/contract/index.ts";
import { browse } from "../../../state/route.ts";
import { useObjectActions } from "../../../state/use-object-actions.ts";
import { type ActionEntry, ActionItem, unavailableIds } from "./ActionItem.tsx";
import { focusGrid } from "./focus-grid.ts";

export interface RowMenuProps {
  targets: ObjectTarget[];
  at: { x: number; y: number };
  table: string;
  onClose: () => void;
}

/** What can be done to the row that was pointed at, or to all marked rows when it is one of them. */
export function RowMenu({ targets, at, onClose }: RowMenuProps) {
  const { t } = useTranslation();
  const anchor = useRef<HTMLSpanElement>(null);
  const actions = useObjectActions(targets);
  const [only] = targets;
  const names = targets.map(({ name }) => name).join("\n");
  const own: ActionEntry[] = [
    ...(only && targets.length === 1
      ? [
          {
            id: "row:open",
            title: t("browse.row.open"),
            keys: "Enter",
            run: () =>
              browse({
                object: { ...(only.namespace ? { namespace: only.namespace } : {}), name: only.name },
              }),
          },
        ]
      : []),
    {
      id: "row:copy",
      title: t("browse.row.copy", { count: targets.length }),
      keys: "C",
      run: () => void navigator.clipboard.writeText(names).catch(() => undefined), // a page without the right can't copy
    },
  ];
  const entries: ActionEntry[] = [...own, ...actions];
  const close = () => {
    onClose();
    focusGrid();
  };
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: at.x, top: at.y }} />
      <Popover
        className="menu-popover"
        aria-label={t("browse.row.actions")}
        triggerRef={anchor}
        placement="bottom start"
        offset={0}
        isOpen
        onOpenChange={(open) => !open && close()}
      >
        <Menu
          className="menu"
          aria-label={t("browse.row.actions")}
          autoFocus="first"
          disabledKeys={unavailableIds(entries)}
          onAction={(id) => {
            close();
            entries.find((entry) => entry.id === id)?.run();
          }}
          onClose={close}
        >
          <MenuSection>
            <Header className="menu-title">
              {only && targets.length === 1 ? only.name : t("browse.bulk.marked", { count: targets.length })}
            </Header>
            {entries.map((entry) => (
              <ActionItem key={entry.id} action={entry} />
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </>
  );
}
