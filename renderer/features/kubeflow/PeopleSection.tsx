import { useTranslation } from "react-i18next";
import type { InstalledView } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { formatRoute } from "../../state/route.ts";
import { useFormat } from "../../ui/format.ts";

/** Who works with it, and what it stores. */
export function PeopleSection({ view }: { view: InstalledView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { profiles, storage } = view;
  const href = formatRoute({ place: "profiles" });
  return (
    <>
      {profiles ? (
        <section>
          <h2>{t("kubeflow.people")}</h2>
          <p>
            {profiles.total === 0 ? (
              <span className="muted">{t("kubeflow.noProfiles")}</span>
            ) : (
              <a className="object-link" href={href}>
                {t("kubeflow.profiles", { count: profiles.total })}
              </a>
            )}
          </p>
          <ul className="kubeflow-owners">
            {profiles.owners.map((owner) => (
              <li key={owner} className="kubeflow-person">
                <span aria-hidden className="kubeflow-face">
                  {owner.slice(0, 1).toUpperCase()}
                </span>
                <span className="kubeflow-owner">{visibleBidi(owner)}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {storage ? (
        <section>
          <h2>{t("kubeflow.storage")}</h2>
          <p className={storage.claims === 0 ? "muted" : undefined}>
            {storage.claims === 0
              ? t("kubeflow.noClaims")
              : t("kubeflow.claims", { count: storage.claims, size: format.bytes(storage.bytes) })}
            {storage.classes.length > 0 ? <span className="muted"> · {storage.classes.join(", ")}</span> : null}
          </p>
        </section>
      ) : null}
    </>
  );
}
