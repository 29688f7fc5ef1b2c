import { useTranslation } from "react-i18next";
import { accessWays, type ContextId, tlsKinds } from "../../../common/contract/index.ts";
import { Field } from "../../ui/Field.tsx";
import { NumberInput } from "../../ui/NumberInput.tsx";
import { Select } from "../../ui/Select.tsx";
import type { AccessDraft, AccessField, CertificateDraft } from "../access-draft.ts";
import { useCall } from "../use-call.ts";
import { CertificateFields } from "./CertificateFields.tsx";
import "./AccessForm.css";

export interface AccessFormProps {
  context: ContextId | undefined;
  draft: AccessDraft;
  certificate: CertificateDraft;
  /** What is wrong, in words, and at which field. */
  problem: { field: AccessField; words: string } | undefined;
  /** A certificate is stored already. */
  kept: boolean;
  onChange: (change: Partial<AccessDraft>) => void;
  onCertificate: (certificate: CertificateDraft) => void;
}

/** How will people reach it: the way, the name, and the certificate. */
export function AccessForm({ context, draft, certificate, problem, kept, onChange, onCertificate }: AccessFormProps) {
  const { t } = useTranslation();
  const { value: offered } = useCall("wayIn.choices", context ? { context } : undefined);
  const { way, tls } = draft;
  const errorOf = (field: AccessField) => (problem?.field === field ? problem.words : undefined);
  const classes = offered?.ingressClasses ?? [];
  const gateways = (offered?.gateways ?? []).map(({ namespace, name }) => `${namespace}/${name}`);
  const isIssued = tls === "selfSigned" || tls === "acme";
  return (
    <div className="way-form">
      <Select
        label={t("wayIn.question")}
        value={way}
        options={accessWays.map((value) => ({ value, label: t(`wayIn.way.${value}`) }))}
        onChange={(value) => onChange({ way: value })}
      />
      <p className="hint way-about">{t(`wayIn.about.${way}`)}</p>
      {way === "nodePort" ? (
        <NumberInput
          label={t("wayIn.nodePort")}
          value={draft.nodePort}
          min={30_000}
          max={32_767}
          onChange={(nodePort) => onChange({ nodePort })}
          description={t("wayIn.nodePortHint")}
        />
      ) : null}
      {way === "ingress" ? (
        <Field
          label={t("wayIn.ingressClass")}
          value={draft.ingressClass}
          onChange={(ingressClass) => onChange({ ingressClass })}
          error={errorOf("ingressClass")}
          description={classes.length > 0 ? t("wayIn.offered", { names: classes.join(", ") }) : t("wayIn.noClasses")}
          autoComplete="off"
        />
      ) : null}
      {way === "gateway" ? (
        <Field
          label={t("wayIn.gateway")}
          value={draft.gateway}
          onChange={(gateway) => onChange({ gateway })}
          error={errorOf("gateway")}
          placeholder="namespace/name"
          description={gateways.length > 0 ? t("wayIn.offered", { names: gateways.join(", ") }) : t("wayIn.noGateways")}
          autoComplete="off"
        />
      ) : null}
      {way === "forward" ? null : (
        <>
          <Field
            label={t("wayIn.host")}
            value={draft.host}
            onChange={(host) => onChange({ host })}
            error={errorOf("host")}
            placeholder="kf.example.com"
            description={t("wayIn.hostHint")}
            autoComplete="off"
          />
          <Select
            label={t("wayIn.tls")}
            value={tls}
            options={tlsKinds.map((value) => ({ value, label: t(`wayIn.tlsKind.${value}`) }))}
            onChange={(value) => onChange({ tls: value })}
          />
          <p className={errorOf("tls") ? "field-error" : "hint way-about"}>
            {errorOf("tls") ?? t(`wayIn.tlsAbout.${tls}`)}
            {isIssued && offered?.certManager === false ? ` ${t("wayIn.noCertManager")}` : null}
          </p>
          {tls === "acme" ? <Acme draft={draft} onChange={onChange} /> : null}
          {tls === "given" ? (
            <CertificateFields
              host={draft.host.trim()}
              certificate={certificate}
              kept={kept}
              error={errorOf("certificate")}
              onChange={onCertificate}
            />
          ) : null}
        </>
      )}
    </div>
  );
}

function Acme({ draft, onChange }: Pick<AccessFormProps, "draft" | "onChange">) {
  const { t } = useTranslation();
  const servers = ["production", "staging", "own"] as const;
  return (
    <>
      <Field
        label={t("wayIn.acmeEmail")}
        type="email"
        value={draft.acmeEmail}
        onChange={(acmeEmail) => onChange({ acmeEmail })}
        autoComplete="off"
      />
      <Select
        label={t("wayIn.acmeServer")}
        value={draft.acmeServer}
        options={servers.map((value) => ({ value, label: t(`wayIn.acmeServers.${value}`) }))}
        onChange={(acmeServer) => onChange({ acmeServer })}
      />
      {draft.acmeServer === "own" ? (
        <Field
          label={t("wayIn.acmeUrl")}
          value={draft.acmeUrl}
          onChange={(acmeUrl) => onChange({ acmeUrl })}
          placeholder="https://acme.example.com/directory"
          autoComplete="off"
        />
      ) : null}
    </>
  );
}
