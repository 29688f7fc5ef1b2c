import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CircleAlert } from "../../../ui/icons.ts";
import type { FieldName, Problems } from "./validate.ts";
import { problemText } from "./words.ts";

const shownFields: readonly FieldName[] = [
  "name",
  "baseDir",
  "release",
  "configUri",
  "email",
  "password",
  "userNamespace",
  "oidc",
  "access",
  "imagePrefix",
  "pullSecret",
];

/** What keeps the step from going on, each line leading to its field. Takes the focus each time it is asked for. */
export function ErrorSummary({ problems, focusKey }: { problems: Problems; focusKey: number }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focusKey > 0) box.current?.focus();
  }, [focusKey]);
  const fields = shownFields.filter((field) => problems[field] !== undefined);
  if (fields.length === 0) return null;
  return (
    <div className="error-summary" ref={box} tabIndex={-1} role="alert">
      <CircleAlert aria-hidden size={16} />
      <div>
        <h2>{t("settings.summary", { count: fields.length })}</h2>
        <ul>
          {fields.map((field) => (
            <li key={field}>
              <a
                href={`#field-${field}`}
                onClick={(event) => {
                  event.preventDefault();
                  focusField(field);
                }}
              >
                {t(`settings.${field}`)}: {problemText(t, problems[field] ?? "")}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function focusField(field: FieldName): void {
  const place = document.getElementById(`field-${field}`);
  const input = place instanceof HTMLInputElement ? place : place?.querySelector("input");
  input?.focus();
  input?.scrollIntoView({ block: "center" });
}
