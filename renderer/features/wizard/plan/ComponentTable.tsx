import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import type { PlanSummary } from "../../../../common/contract/index.ts";
import { useTitles } from "../../../state/use-titles.ts";
import { Card } from "../../../ui/Card.tsx";
import { useFormat } from "../../../ui/format.ts";
import { ChevronRight } from "../../../ui/icons.ts";

type Component = PlanSummary["components"][number];

/** What each component brings; a row opens to its kinds and images. */
export function ComponentTable({ release, components }: { release: string; components: readonly Component[] }) {
  const titles = useTitles();
  const { t } = useTranslation();
  return (
    <Card
      title={t("plan.components")}
      aside={<span className="faint">{components.length}</span>}
      padded={false}
      className="plan-table-card"
    >
      <table className="plan-table">
        <thead>
          <tr>
            <th scope="col">{t("plan.column.component")}</th>
            <th scope="col" className="num">
              {t("plan.column.objects")}
            </th>
            <th scope="col" className="num">
              {t("plan.column.crds")}
            </th>
            <th scope="col" className="num plan-optional">
              {t("plan.column.webhooks")}
            </th>
            <th scope="col" className="num">
              {t("plan.column.workloads")}
            </th>
            <th scope="col" className="num">
              {t("plan.column.cpu")}
            </th>
            <th scope="col" className="num">
              {t("plan.column.memory")}
            </th>
          </tr>
        </thead>
        <tbody>
          {components.map((component) => (
            <Row key={component.id} component={component} title={titles.component(release, component)} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Row({ component, title }: { component: Component; title: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const kinds = Object.entries(component.kinds).toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b));
  const zero = <span className="faint">–</span>;
  const count = (value: number) => (value === 0 ? zero : format.number(value));
  return (
    <>
      <tr className={open ? "plan-open" : undefined}>
        <th scope="row">
          <Button className="plan-toggle" aria-expanded={open} onPress={() => setOpen(!open)}>
            <ChevronRight aria-hidden size={14} />
            {title}
          </Button>
        </th>
        <td className="num">{count(component.objects)}</td>
        <td className="num">{count(component.customResourceDefinitions)}</td>
        <td className="num plan-optional">{count(component.webhooks)}</td>
        <td className="num">{count(component.workloads)}</td>
        <td className="num">{component.resources.cpu === 0 ? zero : format.cpu(component.resources.cpu)}</td>
        <td className="num">
          {component.resources.memoryBytes === 0 ? zero : format.bytes(component.resources.memoryBytes)}
        </td>
      </tr>
      {open ? (
        <tr className="plan-detail">
          <td colSpan={7}>
            <ul className="kinds">
              {kinds.map(([kind, number]) => (
                <li key={kind}>
                  {kind} <b>{format.number(number)}</b>
                </li>
              ))}
            </ul>
            {component.images.length > 0 ? (
              <ul className="plan-images mono" aria-label={t("plan.total.images")}>
                {component.images.map((image) => (
                  <li key={image}>{image}</li>
                ))}
              </ul>
            ) : null}
          </td>
        </tr>
      ) : null}
    </>
  );
}
