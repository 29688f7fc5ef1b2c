import { useTranslation } from "react-i18next";
import type { ContextId, InstalledView } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { formatRoute } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { useFormat } from "../../ui/format.ts";
import { setSignInOpen, useSignInOpen } from "./sign-in/open-sign-in.ts";
import { SignInDialog } from "./sign-in/SignInDialog.tsx";

/** Who works with it, and what it stores. */
export function PeopleSection({ view, context }: { view: InstalledView; context: ContextId }) {
  const { t } = useTranslation();
  const isOpen = useSignInOpen((state) => state.isOpen);
  const format = useFormat();
  const { profiles, storage } = view;
  const href = formatRoute({ place: "profiles" });
  return (
    <>
      <section>
        <h2>{t("people.heading")}</h2>
        <Button size="sm" onPress={() => setSignInOpen(true)}>
          {t("people.open")}
        </Button>
      </section>
      {isOpen ? (
        <SignInDialog
          context={context}
          kfDir={view.origin === "here" ? view.kfDir : undefined}
          onClose={() => setSignInOpen(false)}
        />
      ) : null}
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
