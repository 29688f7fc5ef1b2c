import { useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Switch } from "react-aria-components/Switch";
import { useTranslation } from "react-i18next";
import {
  type AppError,
  type ContextEntry,
  contextColours,
  type KubeconfigFile,
} from "../../../common/contract/index.ts";
import { useCluster } from "../../state/cluster.ts";
import { Approval } from "../../state/connected/Approval.tsx";
import { closeCluster, switchCluster, useOpenClusters } from "../../state/open-clusters.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Ellipsis } from "../../ui/icons.ts";
import { Select } from "../../ui/Select.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useStateOf } from "./ClusterMenu.tsx";
import { ContextMark } from "./ContextMark.tsx";
import { ContextTags } from "./ContextTags.tsx";
import { makeCurrent, setContextOptions } from "./edits.ts";
import { ImpersonatePane } from "./ImpersonatePane.tsx";
import { RemovePane } from "./RemovePane.tsx";
import { RenamePane } from "./RenamePane.tsx";

interface ContextRowProps {
  context: ContextEntry;
  origin: KubeconfigFile["origin"];
  onWritten: (backups: readonly string[]) => void;
}

type Pane = "rename" | "remove" | "impersonate";

/** One context: opened, marked, protected, or written to its file; what needs more than a click unfolds below. */
export function ContextRow({ context, origin, onWritten }: ContextRowProps) {
  const { t } = useTranslation();
  const [pane, setPane] = useState<Pane>();
  const [failure, setFailure] = useState<AppError>();
  const chosen = useCluster((state) => state.chosen === context.id);
  const connectError = useCluster((state) => state.seen[context.id]?.error);
  const state = useStateOf(context.id);
  const { name, options } = context;
  const close = () => setPane(undefined);
  const needsApproval = connectError?.code === "exec-needs-approval" && context.execCommand !== undefined;
  const error = failure ?? context.error ?? (needsApproval ? undefined : connectError);
  const set = (change: Parameters<typeof setContextOptions>[1]) => {
    setContextOptions(context.id, change).then(setFailure, () => undefined); // it gives its failure
  };
  const done = (backups: readonly string[]) => {
    close();
    onWritten(backups);
  };
  return (
    <>
      <tr {...(chosen ? { "aria-current": true } : {})}>
        <th scope="row">
          <span className="clusters-name">
            <ContextMark colour={options.colour} />
            <b>{name}</b>
            {context.current ? <Tag>{t("cluster.current")}</Tag> : null}
          </span>
        </th>
        <td className="mono clusters-server">{context.server}</td>
        <td>
          <span className="clusters-user">
            {context.user}
            <ContextTags context={{ ...context, options: { ...options, readOnly: false } }} />
          </span>
        </td>
        <td>
          {state === "connected" ? (
            <Tag tone="ok" sign="✓">
              {t("cluster.state.connected")}
            </Tag>
          ) : needsApproval ? (
            <Tag tone="warn" sign="△">
              {t("contexts.needsApproval")}
            </Tag>
          ) : state === "failed" ? (
            <Tag tone="bad" sign="!">
              {t("cluster.state.failed")}
            </Tag>
          ) : (
            <span className="faint">{t(`cluster.state.${state}`)}</span>
          )}
        </td>
        <td>
          <Select
            compact
            label={t("contexts.colourOf", { name })}
            value={options.colour ?? "none"}
            options={[
              { value: "none", label: t("contexts.colour.none") },
              ...contextColours.map((colour) => ({ value: colour, label: t(`contexts.colour.${colour}`) })),
            ]}
            onChange={(colour) => set({ colour: colour === "none" ? null : colour })}
          />
        </td>
        <td>
          <Switch
            className="switch"
            aria-label={t("contexts.readOnlyOf", { name })}
            isSelected={options.readOnly}
            onChange={(readOnly) => set({ readOnly })}
          >
            <span className="switch-track" aria-hidden />
            {options.readOnly ? t("contexts.on") : t("contexts.off")}
          </Switch>
        </td>
        <td className="clusters-actions">
          <Button
            size="sm"
            isDisabled={context.error !== undefined}
            onPress={() => switchCluster(context.id, { land: true })}
            aria-label={t(chosen ? "contexts.showThis" : "contexts.openThis", { name })}
          >
            {t(chosen ? "contexts.show" : "contexts.openIt")}
          </Button>
          <RowMenu
            context={context}
            origin={origin}
            onPane={(next) => {
              setFailure(undefined);
              setPane(next);
            }}
            onCurrent={() => {
              makeCurrent(context).then(
                (answer) => ("backups" in answer ? done(answer.backups) : setFailure(answer)),
                () => undefined,
              );
            }}
          />
        </td>
      </tr>
      {pane || error || needsApproval ? (
        <tr className="clusters-below">
          <td colSpan={7}>
            {error ? <ErrorBanner error={error} /> : null}
            {needsApproval ? <Approval context={context} command={context.execCommand ?? []} /> : null}
            {pane === "rename" ? <RenamePane context={context} onDone={done} onClose={close} /> : null}
            {pane === "remove" ? <RemovePane context={context} onDone={done} onClose={close} /> : null}
            {pane === "impersonate" ? <ImpersonatePane context={context} onClose={close} /> : null}
          </td>
        </tr>
      ) : null}
    </>
  );
}

interface RowMenuProps {
  context: ContextEntry;
  origin: KubeconfigFile["origin"];
  onPane: (pane: Pane) => void;
  onCurrent: () => void;
}

function RowMenu({ context, origin, onPane, onCurrent }: RowMenuProps) {
  const { t } = useTranslation();
  const open = useOpenClusters((state) => state.open.includes(context.id));
  const practice = origin === "practice" ? t("contexts.practiceFile") : undefined;
  const items: { id: string; title: string; why: string | undefined; run: () => void }[] = [
    { id: "as", title: t("contexts.impersonate"), why: undefined, run: () => onPane("impersonate") },
    {
      id: "current",
      title: t("contexts.makeCurrent"),
      why:
        practice ??
        (origin === "chosen" ? t("contexts.notReadByKubectl") : context.current ? t("contexts.isCurrent") : undefined),
      run: onCurrent,
    },
    { id: "rename", title: t("contexts.rename"), why: practice, run: () => onPane("rename") },
    { id: "remove", title: t("contexts.remove"), why: practice, run: () => onPane("remove") },
    {
      id: "close",
      title: t("contexts.closeIt"),
      why: open ? undefined : t("contexts.notOpen"),
      run: () => closeCluster(context.id),
    },
  ];
  return (
    <MenuTrigger>
      <AriaButton className="button button-ghost button-icon" aria-label={t("contexts.more", { name: context.name })}>
        <Ellipsis aria-hidden size={16} />
      </AriaButton>
      <Popover className="select-popover clusters-menu" placement="bottom end">
        <Menu
          className="select-list"
          items={items}
          disabledKeys={items.filter(({ why }) => why !== undefined).map(({ id }) => id)}
          onAction={(id) => items.find((item) => item.id === id)?.run()}
        >
          {(item) => (
            <MenuItem className="select-item" textValue={item.title}>
              <span className="clusters-menu-words">
                {item.title}
                {item.why ? <span className="faint">{item.why}</span> : null}
              </span>
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
