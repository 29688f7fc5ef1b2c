import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ObjectAnchor } from "../../state/connected/ObjectAnchor.tsx";
import { introducedKind, singularKind } from "../../state/kind-name.ts";
import { useInsight } from "./insight.ts";

/** Deployment › ReplicaSet › Pod: the owners as links, from the root down. */
export function Breadcrumb({ target }: { target: ObjectTarget }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { insight } = useInsight(target);
  return (
    <nav className="object-crumbs" aria-label={t("object.owners")}>
      {(insight?.owners ?? []).map((owner) => (
        <Fragment key={`${owner.kind}/${owner.name}`}>
          <ObjectAnchor context={target.context} link={owner}>
            <span title={owner.name}>{singularKind(t, language, owner)}</span>
          </ObjectAnchor>
          <span aria-hidden className="faint">
            ›
          </span>
        </Fragment>
      ))}
      <b>{introducedKind(t, language, target) ?? target.kind}</b>
    </nav>
  );
}
