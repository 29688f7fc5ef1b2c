import { Autocomplete, useFilter } from "react-aria-components/Autocomplete";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { SearchField } from "react-aria-components/SearchField";
import { useTranslation } from "react-i18next";
import { type ContextEntry, type ContextId, contextId } from "../../../common/contract/index.ts";
import { useCluster } from "../../state/cluster.ts";
import { openEntries, switchCluster, useOpenClusters } from "../../state/open-clusters.ts";
import { go } from "../../state/route.ts";
import { Search } from "../../ui/icons.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { shortcut } from "../../ui/shortcut.ts";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { ContextMark } from "./ContextMark.tsx";
import { ContextTags } from "./ContextTags.tsx";

const page = "page of all clusters";

/** Every context with its colour and state, the open ones first; a few letters find one. */
export function ClusterMenu({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: "base" });
  const list = useCluster((state) => state.list);
  const open = openEntries(
    list,
    useOpenClusters((state) => state.open),
  );
  const others = (list?.contexts ?? []).filter((context) => !open.includes(context));
  return (
    <Autocomplete filter={contains}>
      <SearchField className="palette-search" aria-label={t("contexts.find")} autoFocus>
        <Search aria-hidden size={14} />
        <Input className="palette-input" placeholder={t("contexts.find")} />
      </SearchField>
      <Menu
        className="cluster-menu-list"
        aria-label={t("contexts.title")}
        disabledKeys={(list?.contexts ?? []).filter(({ error }) => error !== undefined).map(({ id }) => id)}
        onAction={(id) => {
          onDone();
          if (id === page) go({ place: "clusters" });
          else switchCluster(contextId.parse(id));
        }}
        renderEmptyState={() => <p className="palette-empty">{t("contexts.noneFound")}</p>}
      >
        {open.length > 0 ? (
          <MenuSection>
            <Header className="cluster-menu-head">{t("contexts.open")}</Header>
            {open.map((context, index) => (
              <Item key={context.id} context={context} {...(index < 9 ? { digit: String(index + 1) } : {})} />
            ))}
          </MenuSection>
        ) : null}
        {others.length > 0 ? (
          <MenuSection>
            <Header className="cluster-menu-head">{t("contexts.others")}</Header>
            {others.map((context) => (
              <Item key={context.id} context={context} />
            ))}
          </MenuSection>
        ) : null}
        <MenuSection>
          <MenuItem id={page} className="cluster-menu-item" textValue={t("contexts.all")}>
            {t("contexts.all")}
          </MenuItem>
        </MenuSection>
      </Menu>
    </Autocomplete>
  );
}

function Item({ context, digit }: { context: ContextEntry; digit?: string }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const state = useStateOf(context.id);
  const asks = useCluster(({ seen }) => seen[context.id]?.error?.code === "exec-needs-approval");
  return (
    <MenuItem id={context.id} className="cluster-menu-item" textValue={context.name}>
      <ContextMark colour={context.options.colour} />
      <span className="cluster-menu-name">
        <b className="cluster-menu-title">{context.name}</b>
        <span className="faint">{context.error ? words(context.error).title : context.server}</span>
      </span>
      <ContextTags context={context} />
      {state === "none" ? null : (
        <span className="faint">{asks ? t("contexts.needsApproval") : t(`cluster.state.${state}`)}</span>
      )}
      {digit ? <Kbd>{shortcut(digit)}</Kbd> : null}
    </MenuItem>
  );
}

/** How the connection to a context stands, as far as it was asked for. */
export function useStateOf(id: ContextId): "none" | "connecting" | "connected" | "failed" {
  return useCluster((state) => (state.chosen === id ? state.state : (state.seen[id]?.state ?? "none")));
}
