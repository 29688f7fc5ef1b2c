import { useTranslation } from "react-i18next";
import type { ResourceInfo } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { findContext, useCluster } from "../../../state/cluster.ts";
import { introducedKind, kindName } from "../../../state/kind-name.ts";
import { type BrowsePlace, changedPlace, formatRoute } from "../../../state/route.ts";
import { openNamespaces } from "./namespaces-open.ts";
import "./Trail.css";

/** Where one is: context › namespaces › kind › object, in the list's head. All but the last lead back. */
export function Trail({ info, place }: { info: ResourceInfo; place: BrowsePlace }) {
  const { t } = useTranslation();
  const context = useCluster((state) => findContext(state.list, place.context)?.name) ?? place.context ?? "";
  const { namespaces, object } = place;
  const [first] = namespaces;
  const where =
    first === undefined
      ? t("browse.namespaces.all")
      : namespaces.length === 1
        ? first
        : t("browse.namespaces.several", { first, count: namespaces.length - 1 });
  const kind = kindName(t, info);
  const introduced = introducedKind(t, useLanguage(), info) ?? kind;
  const name =
    object && (object.namespace && namespaces.length !== 1 ? `${object.namespace}/${object.name}` : object.name);
  const root = formatRoute(changedPlace(place, { resource: "namespaces", namespaces: [], object: undefined }));
  const list = formatRoute(changedPlace(place, { object: undefined }));
  return (
    <nav className="trail" aria-label={t("browse.trail.label")}>
      <span className="trail-way">
        <a className="trail-part" href={root} title={t("browse.trail.namespacesOf", { name: context })}>
          {context}
        </a>
        <Sign />
        {info.namespaced ? (
          <>
            <button
              type="button"
              className="trail-part"
              aria-haspopup="dialog"
              title={namespaces.length > 1 ? namespaces.join(", ") : t("browse.command.namespaces")}
              onClick={openNamespaces}
            >
              {where}
            </button>
            <Sign />
          </>
        ) : null}
      </span>
      <span className="trail-here">
        <h1 className="list-title">
          {object ? (
            <a className="trail-kind" href={list} title={introduced}>
              {kind}
            </a>
          ) : (
            <span aria-current="page" title={introduced}>
              {introduced}
            </span>
          )}
        </h1>
        {object ? (
          <>
            <Sign />
            <span className="trail-object mono" aria-current="page" title={name}>
              {name}
            </span>
          </>
        ) : null}
      </span>
    </nav>
  );
}

function Sign() {
  return (
    <span className="trail-sign" aria-hidden>
      ›
    </span>
  );
}
