import { useTranslation } from "react-i18next";
import type { ImageChange } from "../../../../common/contract/index.ts";
import { Card } from "../../../ui/Card.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";

/** Which images are taken from elsewhere, from where, and which objects name them. */
export function ImageChanges({ changes }: { changes: readonly ImageChange[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return null;
  return (
    <Card>
      <Disclosure title={t("registries.plan.title", { count: changes.length })}>
        <ul className="plan-images mono">
          {changes.map(({ from, to, places }) => (
            <li key={from} title={places.join("\n")}>
              <del>{from}</del> <ins>{to}</ins>{" "}
              <span className="faint">{t("registries.plan.places", { count: places.length })}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </Card>
  );
}
