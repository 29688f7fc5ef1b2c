import { useTranslation } from "react-i18next";
import type { ContextId, InstalledView } from "../../../common/contract/index.ts";
import { ObjectAnchor } from "../../state/connected/ObjectAnchor.tsx";
import { askForward } from "../../state/forward-start.ts";
import { Button } from "../../ui/Button.tsx";

/** How people get in, and how they sign in. */
export function AddressSection({ view, context }: { view: InstalledView; context: ContextId }) {
  const { t } = useTranslation();
  const { address, signIn, origin } = view;
  return (
    <section>
      <h2>{t("kubeflow.address")}</h2>
      {address === undefined ? (
        <p className="muted">{t(view.looking ? "common.looking" : "kubeflow.noDashboard")}</p>
      ) : (
        <>
          {address.url ? (
            <a className="object-link mono" href={address.url} target="_blank" rel="noreferrer">
              {address.url}
            </a>
          ) : null}
          <p>{t(`kubeflow.way.${address.way}`)}</p>
          {address.url === undefined && address.way !== "forward" ? (
            <p className="text-warn">
              {t(address.way === "loadBalancer" ? "kubeflow.noAddress" : "kubeflow.noNodeAddress")}
            </p>
          ) : null}
        </>
      )}
      <dl className="kubeflow-pairs">
        {address ? (
          <>
            <dt>{t("kubeflow.service")}</dt>
            <dd>
              <ObjectAnchor context={context} link={address.service} />
            </dd>
          </>
        ) : null}
        {signIn ? (
          <>
            <dt>{t("kubeflow.signIn")}</dt>
            <dd>
              {signIn.password ? t("kubeflow.signInPassword", { email: signIn.email ?? "" }) : t("kubeflow.signInNone")}
            </dd>
          </>
        ) : null}
      </dl>
      {address && address.url === undefined && origin !== "here" ? (
        <Button size="sm" onPress={() => askForward({ ...address.service, context })}>
          {t("kubeflow.forwardPort")}
        </Button>
      ) : null}
    </section>
  );
}
