import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessView, ContextId, InstalledView } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ObjectAnchor } from "../../state/connected/ObjectAnchor.tsx";
import { askForward } from "../../state/forward-start.ts";
import { Button } from "../../ui/Button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Copy } from "../../ui/icons.ts";
import { Marked } from "../../ui/Marked.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useCopy } from "../../ui/use-copy.ts";
import { AddressDialog } from "./address/AddressDialog.tsx";
import "./address/Address.css";

export interface AddressSectionProps {
  view: InstalledView;
  context: ContextId;
  /** How it is reached, once that was looked at. */
  access: AccessView | undefined;
  onTryAgain: () => void;
}

/** How people get in, whether it answers, and how they sign in. */
export function AddressSection({ view, context, access, onTryAgain }: AddressSectionProps) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  const { address, signIn, origin, kfDir, state } = view;
  const own = origin === "here" && state === "installed" ? kfDir : undefined;
  const url = access?.url ?? address?.url;
  const way = access?.access.way ?? address?.way;
  return (
    <section>
      <div className="address-head">
        <h2>{t("kubeflow.address")}</h2>
        {access ? <Answer access={access} /> : null}
      </div>
      {url ? <Url url={url} /> : null}
      {way === undefined ? (
        <p className="muted">{t(view.looking ? "common.looking" : "kubeflow.noDashboard")}</p>
      ) : (
        <p>{t(`wayIn.way.${way}`)}</p>
      )}
      {access?.waiting ? <Waiting waiting={access.waiting} /> : null}
      <dl className="kubeflow-pairs">
        {access && way !== "forward" ? <Facts access={access} /> : null}
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
      {own !== undefined && access ? (
        <Button size="sm" onPress={() => setChanging(true)}>
          {t("wayIn.change")}
        </Button>
      ) : null}
      {address && url === undefined && origin !== "here" ? (
        <Button size="sm" onPress={() => askForward({ ...address.service, context })}>
          {t("kubeflow.forwardPort")}
        </Button>
      ) : null}
      {changing && own !== undefined && access ? (
        <AddressDialog
          {...{ context, kfDir: own, access: access.access }}
          onChanged={onTryAgain}
          onClose={() => setChanging(false)}
        />
      ) : null}
    </section>
  );
}

function Answer({ access: { access, answer, waiting } }: { access: AccessView }) {
  const { t } = useTranslation();
  if (access.way === "forward") return null;
  if (answer?.error) {
    return (
      <Tag tone="bad" sign="!">
        {t("wayIn.answersNot")}
      </Tag>
    );
  }
  if (answer?.ms !== undefined) {
    return (
      <Tag tone="ok" sign="✓">
        {t("wayIn.answers", { ms: answer.ms })}
      </Tag>
    );
  }
  return waiting ? (
    <Tag tone="warn" sign="△">
      {t("wayIn.waiting")}
    </Tag>
  ) : null;
}

function Url({ url }: { url: string }) {
  const { t } = useTranslation();
  const { copy } = useCopy();
  return (
    <div className="address-url">
      <a className="object-link mono" href={url} target="_blank" rel="noreferrer">
        {url}
      </a>
      <Button size="sm" variant="ghost" aria-label={t("wayIn.copy")} onPress={() => copy(url)}>
        <Copy aria-hidden size={14} />
      </Button>
    </div>
  );
}

function Waiting({ waiting: { said, advice } }: { waiting: NonNullable<AccessView["waiting"]> }) {
  const language = useLanguage();
  return (
    <p className="text-warn">
      <Marked>{visibleBidi(textOf(said, language))}</Marked>{" "}
      {advice ? <Marked>{visibleBidi(textOf(advice, language))}</Marked> : null}
    </p>
  );
}

function Facts({ access: { access, answer, certificate, dns } }: { access: AccessView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const served = answer?.tls;
  const tls = served
    ? t(served.trusted ? "wayIn.tlsUntil" : "wayIn.tlsUntrusted", {
        issuer: visibleBidi(served.facts.issuer),
        date: format.date(served.facts.to),
      })
    : certificate && !certificate.ready
      ? t("wayIn.tlsPending")
      : access.tls.kind === "none"
        ? t("wayIn.tlsOff")
        : t(`wayIn.tlsKind.${access.tls.kind}`);
  return (
    <>
      <dt>{t("wayIn.tlsRow")}</dt>
      <dd>{tls}</dd>
      {dns ? (
        <>
          <dt>{t("wayIn.dnsRow")}</dt>
          <dd>
            {t(`wayIn.dns.${dns.state}`)}
            {dns.record ? (
              <>
                <br />
                <span className="mono address-record">
                  {dns.name} {dns.record.type} {dns.record.to}
                </span>
              </>
            ) : null}
          </dd>
        </>
      ) : null}
    </>
  );
}
