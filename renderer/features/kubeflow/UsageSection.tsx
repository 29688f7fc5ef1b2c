import { useTranslation } from "react-i18next";
import type { ClusterOverview, ContextId, InstalledView } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { browse } from "../../state/route.ts";
import { useStream } from "../../state/use-stream.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { useFormat } from "../../ui/format.ts";

/** What the cluster has, what pods request of it, and what they use where the cluster measures it. */
export function UsageSection({ view, context }: { view: InstalledView; context: ContextId }) {
  const { t } = useTranslation();
  const { item, error } = useStream("overview.watch", { context, namespaces: [] });
  if (item === undefined || item.nodes.state !== "live" || item.nodes.count === 0) {
    // Without nodes there is nothing to compare with; why is said in the overview.
    return error || item?.nodes.state === "forbidden" ? <p className="muted">{t("overview.nodesForbidden")}</p> : null;
  }
  return <Usage overview={item} view={view} context={context} />;
}

interface UsageProps {
  overview: ClusterOverview;
  view: InstalledView;
  context: ContextId;
}

function Usage({ overview: { nodes, requests, usage }, view: { gpus, storage }, context }: UsageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const requested = requests.state === "live" ? requests.sum : undefined;
  const used = usage.state === "served" ? usage.sum : undefined;
  const held = gpus?.notebooks.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <Card
      title={t("kubeflow.usage.title")}
      aside={<span className="faint">{t(used ? "kubeflow.usage.legend" : "kubeflow.usage.legendRequested")}</span>}
    >
      <div className="kubeflow-usage">
        <Amount
          name={t("plan.column.cpu")}
          all={nodes.allocatable.cpu}
          show={format.cpu}
          requested={requested?.cpu}
          used={used?.cpu}
        />
        <Amount
          name={t("plan.column.memory")}
          all={nodes.allocatable.memory}
          show={format.bytes}
          requested={requested?.memory}
          used={used?.memory}
        />
        {gpus ? (
          <Amount
            name={t("profiles.column.gpu")}
            all={gpus.total}
            show={format.number}
            requested={held}
            note={t("kubeflow.usage.held", { count: held })}
          />
        ) : null}
        {storage ? (
          <div className="kubeflow-amount">
            <span>
              <b>{t("kubeflow.storage")}</b>
              <strong>{format.bytes(storage.bytes)}</strong>
            </span>
            <small className="muted">{t("kubeflow.usage.claimed", { count: storage.claims })}</small>
          </div>
        ) : null}
        {requested ? (
          <div className="kubeflow-amount">
            <span>
              <b>{t("profiles.column.pods")}</b>
              <strong>{format.number(requests.pods)}</strong>
            </span>
            <small className="muted">{t("overview.nodesOf", { count: nodes.count })}</small>
          </div>
        ) : null}
      </div>
      {usage.state === "absent" ? <p className="muted">{t("overview.usageAbsent")}</p> : null}
      {usage.state === "forbidden" ? <p className="muted">{t("overview.usageForbidden")}</p> : null}
      {gpus && gpus.notebooks.length > 0 ? <Holders notebooks={gpus.notebooks} context={context} /> : null}
    </Card>
  );
}

interface AmountProps {
  name: string;
  all: number;
  show: (amount: number) => string;
  requested: number | undefined;
  used?: number | undefined;
  note?: string;
}

/** The number people look for is what is used; without metrics, what is requested. */
function Amount({ name, all, show, requested, used, note }: AmountProps) {
  const { t } = useTranslation();
  const main = used ?? requested;
  const share = (amount: number | undefined) =>
    `${Math.min(100, all > 0 ? ((amount ?? 0) / all) * 100 : 0).toFixed(1)}%`;
  return (
    <div className="kubeflow-amount">
      <span>
        <b>{name}</b>
        <span>
          <strong>{main === undefined ? "–" : show(main)}</strong> <span className="muted">/ {show(all)}</span>
        </span>
      </span>
      <span className="kubeflow-amount-bar" aria-hidden>
        <i style={{ width: share(requested) }} />
        <i className="kubeflow-amount-used" style={{ width: share(used) }} />
      </span>
      <small className="muted">
        {note ?? (requested === undefined ? null : t("kubeflow.usage.requested", { amount: show(requested) }))}
      </small>
    </div>
  );
}

/** Whose notebooks hold GPUs: those are what people wait for. */
function Holders({
  notebooks,
  context,
}: {
  notebooks: NonNullable<InstalledView["gpus"]>["notebooks"];
  context: ContextId;
}) {
  const { t } = useTranslation();
  return (
    <ul className="kubeflow-holders">
      {notebooks.map(({ namespace, name, count, owner }) => (
        <li key={`${namespace}/${name}`}>
          <Button
            size="sm"
            variant="ghost"
            onPress={() =>
              browse({
                context,
                resource: "notebooks.kubeflow.org",
                namespaces: [namespace],
                object: { namespace, name },
              })
            }
          >
            {visibleBidi(`${namespace}/${name}`)}
          </Button>
          <span className="muted">
            {t("kubeflow.usage.gpus", { count })}
            {owner ? ` · ${visibleBidi(owner)}` : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
