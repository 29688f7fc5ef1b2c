import { Button as AriaButton } from "react-aria-components/Button";
import { Collection } from "react-aria-components/Collection";
import { Tree, TreeItem, TreeItemContent } from "react-aria-components/Tree";
import { useTranslation } from "react-i18next";
import type { ContextId, RelatedNode, RelatedView } from "../../../common/contract/index.ts";
import { placeOf } from "../../state/connected/ObjectAnchor.tsx";
import { plainTarget } from "../../state/object.ts";
import type { ObjectTabProps } from "../../state/object-tab.ts";
import { formatRoute } from "../../state/route.ts";
import { useStream } from "../../state/use-stream.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ChevronRight } from "../../ui/icons.ts";
import "./RelatedTab.css";

/** Objects that have to do with this one, as a tree: each leads to its own pane. */
export function RelatedTab({ target }: ObjectTabProps) {
  const { t } = useTranslation();
  const { item, error } = useStream("object.related", plainTarget(target));
  if (item === undefined) {
    return error ? <ErrorBanner error={error} /> : <p role="status">{t("common.looking")}</p>;
  }
  const { groups, limits, looking } = item;
  return (
    <div className="related">
      {looking ? <p role="status">{t("common.looking")}</p> : null}
      {groups.length === 0 && !looking ? <p>{t("object.nothingRelated")}</p> : null}
      {groups.length > 0 ? <RelatedTree key={target.name} groups={groups} context={target.context} /> : null}
      {limits.map(({ kind, why }) => (
        <p key={kind}>{t(why === "many" ? "object.limitMany" : "object.limitForbidden", { kind })}</p>
      ))}
    </div>
  );
}

function RelatedTree({ groups, context }: { groups: RelatedView["groups"]; context: ContextId }) {
  const { t } = useTranslation();
  return (
    <Tree
      className="related-tree"
      aria-label={t("object.tab.related")}
      selectionMode="none"
      defaultExpandedKeys={allKeys(groups)}
    >
      {groups.map(({ relation, nodes, more }) => (
        <TreeItem key={relation} id={relation} textValue={t(`object.relation.${relation}`)} className="related-group">
          <TreeItemContent>
            <AriaButton slot="chevron" className="related-chevron">
              <ChevronRight aria-hidden size={13} />
            </AriaButton>
            <span className="section-title">{t(`object.relation.${relation}`)}</span>
            <span className="row-end">{nodes.length + more}</span>
          </TreeItemContent>
          {nodes.map((node) => (
            <NodeItem key={keyOf(relation, node)} path={relation} node={node} context={context} />
          ))}
        </TreeItem>
      ))}
    </Tree>
  );
}

function NodeItem({ path, node, context }: { path: string; node: RelatedNode; context: ContextId }) {
  const { t } = useTranslation();
  const { link, status, health, exists, how, children } = node;
  const key = keyOf(path, node);
  const sign = !exists || health === "bad" ? "!" : health === "warn" ? "△" : "✓";
  const said = exists ? status : t("object.missing");
  return (
    <TreeItem
      id={key}
      textValue={[link.kind, link.name, said].filter(Boolean).join(" ")}
      className="related-item"
      {...(exists ? { href: formatRoute(placeOf(context, link)) } : {})}
    >
      <TreeItemContent>
        {children.length > 0 ? (
          <AriaButton slot="chevron" className="related-chevron">
            <ChevronRight aria-hidden size={13} />
          </AriaButton>
        ) : (
          <span className="related-chevron" />
        )}
        <span className={`row-sign health-${exists ? health : "bad"}`} aria-hidden>
          {said === "" ? "" : sign}
        </span>
        <span className="related-words">
          <span className="related-kind">{link.kind}</span>{" "}
          <span className={exists ? "related-name related-link" : "related-name"}>{link.name}</span>
          {how ? <span className="related-how">{how}</span> : null}
        </span>
        <span className={`row-end health-${exists ? health : "bad"}`}>{said}</span>
      </TreeItemContent>
      <Collection items={children.map((child) => ({ id: keyOf(key, child), child }))}>
        {({ child }) => <NodeItem path={key} node={child} context={context} />}
      </Collection>
    </TreeItem>
  );
}

function keyOf(path: string, { link }: RelatedNode): string {
  return `${path}/${link.kind}.${link.group}/${link.namespace ?? ""}/${link.name}`;
}

function allKeys(groups: RelatedView["groups"]): string[] {
  const below = (path: string, nodes: readonly RelatedNode[]): string[] =>
    nodes.flatMap((node) => [keyOf(path, node), ...below(keyOf(path, node), node.children)]);
  return groups.flatMap(({ relation, nodes }) => [relation, ...below(relation, nodes)]);
}
