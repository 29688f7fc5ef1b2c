import { useTranslation } from "react-i18next";
import type { ObjectJson, ObjectTarget } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { builtIn, ObjectAnchor } from "../../state/connected/ObjectAnchor.tsx";
import { get, list, text, texts } from "../../state/read.ts";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { useFormat } from "../../ui/format.ts";
import { dataEntries } from "./data-entries.ts";

/** Keys of a ConfigMap with their text; those of a Secret, and of binary values, with their sizes only. */
export function Data({ object }: { target: ObjectTarget; object: ObjectJson }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!isKind(object, "/ConfigMap", "/Secret")) return null;
  const entries = dataEntries(object);
  return (
    <section aria-label={t("object.data")}>
      <h3 className="section-title">{t("object.data")}</h3>
      {entries.length === 0 ? <p>{t("object.noData")}</p> : null}
      <ul className="object-rows">
        {entries.map(({ key, bytes, value }) => (
          <li key={key}>
            {value.kind === "text" ? (
              <Disclosure title={<span className="row-name">{key}</span>} aside={format.bytes(bytes)}>
                <pre className="object-text">{value.text}</pre>
              </Disclosure>
            ) : (
              <div className="object-row">
                <span className="row-name">{key}</span>
                <span className="row-end">{t(`object.${value.kind}`, { size: format.bytes(bytes) })}</span>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a Role or ClusterRole allows. */
export function Rules({ object }: { object: ObjectJson }) {
  const { t } = useTranslation();
  const isRole = isKind(object, "rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRole");
  const rules = isRole ? list(object, "rules") : [];
  if (rules.length === 0) return null;
  return (
    <section aria-label={t("object.rules")}>
      <h3 className="section-title">{t("object.rules")}</h3>
      <table className="object-table">
        <thead>
          <tr>
            <th scope="col">{t("object.fact.resources")}</th>
            <th scope="col">{t("object.fact.verbs")}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={JSON.stringify(rule)}>
              <td>
                {[
                  ...texts(rule, "resources").flatMap((resource) =>
                    texts(rule, "apiGroups").map((group) => (group === "" ? resource : `${resource}.${group}`)),
                  ),
                  ...texts(rule, "nonResourceURLs"),
                ].join(", ")}
                {texts(rule, "resourceNames").length > 0 ? ` (${texts(rule, "resourceNames").join(", ")})` : ""}
              </td>
              <td>{texts(rule, "verbs").join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Volumes of a pod or a template, and what they are made from. */
export function Volumes({ target, object }: { target: ObjectTarget; object: ObjectJson }) {
  const { t } = useTranslation();
  const path = ["spec.template.spec", "spec.jobTemplate.spec.template.spec", "spec"].find(
    (candidate) => list(object, `${candidate}.containers`).length > 0,
  );
  const volumes = path === undefined ? [] : list(object, `${path}.volumes`);
  if (volumes.length === 0) return null;
  return (
    <section aria-label={t("object.volumes")}>
      <h3 className="section-title">{t("object.volumes")}</h3>
      <ul className="object-rows">
        {volumes.map((volume) => (
          <li key={text(volume, "name")} className="object-row">
            <span className="row-name">{text(volume, "name")}</span>
            <span className="row-end">
              <VolumeSource target={target} volume={volume} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function VolumeSource({ target: { context, namespace = "" }, volume }: { target: ObjectTarget; volume: unknown }) {
  const claim = text(volume, "persistentVolumeClaim.claimName");
  const secret = text(volume, "secret.secretName");
  const map = text(volume, "configMap.name");
  if (claim) {
    return (
      <>
        PVC <ObjectAnchor context={context} link={builtIn.claim(namespace, claim)} />
      </>
    );
  }
  if (secret) {
    return (
      <>
        Secret <ObjectAnchor context={context} link={builtIn.secret(namespace, secret)} />
      </>
    );
  }
  if (map) {
    return (
      <>
        ConfigMap <ObjectAnchor context={context} link={builtIn.configMap(namespace, map)} />
      </>
    );
  }
  const path = text(volume, "hostPath.path");
  if (path) return `hostPath ${path}`;
  return Object.keys(typeof volume === "object" && volume !== null ? volume : {}).find(
    (field) => field !== "name" && get(volume, field) !== undefined,
  );
}
