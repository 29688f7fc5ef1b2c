import { useState } from "react";
import { Label } from "react-aria-components/Label";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";
import { useTranslation } from "react-i18next";
import type { CertificateProblem } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { CircleAlert, CircleCheck, TriangleAlert } from "../../ui/icons.ts";
import { Marked } from "../../ui/Marked.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { type CertificateDraft, certificateOf } from "../access-draft.ts";
import { useCall } from "../use-call.ts";

export interface CertificateFieldsProps {
  host: string;
  certificate: CertificateDraft;
  kept: boolean;
  error: string | undefined;
  onChange: (certificate: CertificateDraft) => void;
}

/** A certificate and its key, as files or pasted; what is wrong with them is said once a field is left. */
export function CertificateFields({ host, certificate, kept, error, onChange }: CertificateFieldsProps) {
  const { t } = useTranslation();
  const [checked, setChecked] = useState<CertificateDraft>();
  const given = checked && certificateOf(checked);
  const isName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(host);
  const { value, error: failed } = useCall("wayIn.check", given && { ...given, ...(isName ? { host } : {}) });
  const parts = ["certificate", "key"] as const;
  return (
    <>
      <Segmented
        label={t("wayIn.from")}
        value={certificate.from}
        options={(["file", "text"] as const).map((from) => ({ value: from, label: t(`wayIn.fromKind.${from}`) }))}
        onChange={(from) => onChange({ from, certificate: "", key: "" })}
      />
      {parts.map((part) =>
        certificate.from === "file" ? (
          <Field
            key={part}
            label={t(`wayIn.${part}`)}
            value={certificate[part]}
            onChange={(text) => onChange({ ...certificate, [part]: text })}
            onBlur={() => setChecked(certificate)}
            error={part === "certificate" ? error : undefined}
            description={kept ? t("wayIn.kept") : t("wayIn.fileHint")}
            autoComplete="off"
            mono
          />
        ) : (
          <TextField
            key={part}
            className="field"
            value={certificate[part]}
            onChange={(text) => onChange({ ...certificate, [part]: text })}
            onBlur={() => setChecked(certificate)}
            spellCheck="false"
          >
            <Label className="field-label">{t(`wayIn.${part}`)}</Label>
            <span className="way-frame">
              <TextArea className="field-input mono way-pem" rows={4} />
            </span>
          </TextField>
        ),
      )}
      {certificate.from === "text" && error ? <p className="field-error">{error}</p> : null}
      <div role="status">
        {failed ? <ErrorBanner error={failed} /> : null}
        {value ? <Facts facts={value.facts} /> : null}
        <CertificateProblems problems={value?.problems ?? []} />
      </div>
    </>
  );
}

function Facts({ facts }: { facts: { names: string[]; issuer: string; to: string } | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (facts === undefined) return null;
  const { names, issuer, to } = facts;
  return (
    <p className="way-problem">
      <CircleCheck aria-hidden size={14} />{" "}
      <span>
        {t("wayIn.facts", { names: visibleBidi(names.join(", ")), issuer: visibleBidi(issuer), date: format.date(to) })}
      </span>
    </p>
  );
}

/** What is wrong, each with what to do. */
export function CertificateProblems({ problems }: { problems: readonly CertificateProblem[] }) {
  const language = useLanguage();
  return (
    <ul className="way-problems">
      {problems.map(({ level, said, advice }) => {
        const Sign = level === "bad" ? CircleAlert : TriangleAlert;
        return (
          <li key={said.id} className="way-problem">
            <Sign aria-hidden size={14} className={level === "bad" ? "text-bad" : "text-warn"} />{" "}
            <span>
              <b>
                <Marked>{visibleBidi(textOf(said, language))}</Marked>
              </b>{" "}
              {advice ? <Marked>{visibleBidi(textOf(advice, language))}</Marked> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
