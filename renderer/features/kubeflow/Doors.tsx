import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AccessView, ContextId, Door, InstalledView } from "../../../common/contract/index.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Brain, ChartLine, FlaskConical, HardDrive, NotebookPen, Workflow } from "../../ui/icons.ts";
import { useDashboard } from "./use-dashboard.ts";

const icons: Record<Door["id"], ReactNode> = {
  notebooks: <NotebookPen aria-hidden />,
  pipelines: <Workflow aria-hidden />,
  experiments: <FlaskConical aria-hidden />,
  models: <Brain aria-hidden />,
  tensorboards: <ChartLine aria-hidden />,
  volumes: <HardDrive aria-hidden />,
};

/** The pages of the dashboard that are installed. */
export function Doors({
  view,
  context,
  access,
}: {
  view: InstalledView;
  context: ContextId;
  access: AccessView | undefined;
}) {
  const { t } = useTranslation();
  const dashboard = useDashboard(view, context, access);
  if (view.doors.length === 0 || dashboard.open === undefined) return null;
  return (
    <Card title={t("kubeflow.doors")} padded={false}>
      <ul className="kubeflow-doors">
        {view.doors.map(({ id, path, ready }) => (
          <li key={id} className="kubeflow-door-cell">
            <button
              type="button"
              className="kubeflow-door"
              disabled={dashboard.opening}
              onClick={() => dashboard.open?.(path)}
            >
              {icons[id]}
              <span>
                <b>{t(`kubeflow.door.${id}`)}</b>
                <small className={ready ? "muted" : "text-bad"}>
                  {t(ready ? "kubeflow.doorReady" : "kubeflow.doorDown")}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {dashboard.error ? <ErrorBanner error={dashboard.error} /> : null}
    </Card>
  );
}
