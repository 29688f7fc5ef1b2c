import { useTranslation } from "react-i18next";
import { useObject } from "../../state/object.ts";
import type { ObjectTabProps } from "../../state/object-tab.ts";
import { Why } from "./CauseBanner.tsx";
import { Conditions } from "./Conditions.tsx";
import { Containers } from "./Containers.tsx";
import { FactList } from "./FactList.tsx";
import { factsOf } from "./facts/index.ts";
import { Labels } from "./Labels.tsx";
import { Data, Rules, Volumes } from "./SectionParts.tsx";

/** What is wrong first, then what there is to know at a glance. */
export function OverviewTab({ target }: ObjectTabProps) {
  const { t } = useTranslation();
  const { object, error, deleted } = useObject(target);
  if (object === undefined) {
    return error || deleted ? null : (
      <div className="object-skeleton" role="status" aria-label={t("object.loading")}>
        <i />
        <i />
        <i />
        <i />
      </div>
    );
  }
  return (
    <div className="object-overview">
      {deleted ? null : <Why target={target} object={object} />}
      <FactList facts={factsOf({ target, object, t })} target={target} object={object} />
      <Labels target={target} object={object} />
      <Containers target={target} object={object} />
      <Data target={target} object={object} />
      <Rules object={object} />
      <Conditions object={object} />
      <Volumes target={target} object={object} />
    </div>
  );
}
