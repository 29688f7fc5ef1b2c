import { useTranslation } from "react-i18next";
import type { ContextId, InstalledComponent, InstalledView, PodSign } from "../../../common/contract/index.ts";
import { useDraft } from "../../state/draft.ts";
import { formatRoute } from "../../state/route.ts";
import { useTitles } from "../../state/use-titles.ts";
import { Card } from "../../ui/Card.tsx";
import { componentGroups } from "./component-groups.ts";

const signs = ["running", "starting", "waiting", "bad"] as const satisfies readonly PodSign[];
const marks = { ok: "✓", progressing: "◐", bad: "!", unknown: "·" } as const;

/** What the installation is made of, in its groups, with a small square for each pod. */
export function Components({ view, context }: { view: InstalledView; context: ContextId }) {
  const { t } = useTranslation();
  const releases = useDraft((state) => state.releases);
  const groups = componentGroups(view, releases ?? []);
  return (
    <Card
      title={t("kubeflow.components")}
      aside={<span className="faint">{t("kubeflow.eachSquare")}</span>}
      className="kubeflow-components"
    >
      <div className="kubeflow-groups">
        {groups.map(({ group, components }) => (
          <section key={group ?? ""} className="kubeflow-group">
            <h3>{t(group === undefined ? "kubeflow.otherGroup" : `components.group.${group}`)}</h3>
            <ul>
              {components.map((component) => (
                <Component key={component.id} {...{ component, view, context }} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="kubeflow-legend" aria-hidden>
        {signs.map((sign) => (
          <span key={sign}>
            <i className={`kubeflow-pod kubeflow-pod-${sign}`} /> {t(`kubeflow.pod.${sign}`)}
          </span>
        ))}
      </p>
    </Card>
  );
}

interface ComponentProps {
  component: InstalledComponent;
  view: InstalledView;
  context: ContextId;
}

function Component({ component, view, context }: ComponentProps) {
  const { t } = useTranslation();
  const titles = useTitles();
  const { health, pods, podsReady, podsTotal } = component;
  const title = titles.component(view.release, component);
  return (
    <li className={`kubeflow-component kubeflow-component-${health}`}>
      <span aria-hidden className="kubeflow-mark">
        {marks[health]}
      </span>
      <a href={hrefOf({ component, view, context })}>{title}</a>
      <span className="sr-only">: {t(`kubeflow.componentState.${health}`)}</span>
      <span className="kubeflow-pods" aria-hidden>
        {pods.map((sign, index) => (
          // Pods have no name here: they are a count with colours.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <i key={index} className={`kubeflow-pod kubeflow-pod-${sign}`} title={t(`kubeflow.pod.${sign}`)} />
        ))}
      </span>
      <span className="kubeflow-count">{podsTotal === 0 ? "–" : `${podsReady}/${podsTotal}`}</span>
    </li>
  );
}

/** Its workloads in the browser: by the labels that Flowdeck sets, else all of its namespaces. */
function hrefOf({ component, view, context }: ComponentProps): string {
  const labels = `flowdeck.dev/installation=${view.id},flowdeck.dev/component=${component.id}`;
  return formatRoute({
    ...{ place: "browse", context, resource: "deployments.apps", namespaces: component.namespaces },
    ...(view.origin === "other" ? {} : { labels }),
  });
}
