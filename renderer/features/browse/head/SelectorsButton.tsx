import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type BrowsePlace, browse } from "../../../state/route.ts";
import { Field } from "../../../ui/Field.tsx";
import { ListFilter } from "../../../ui/icons.ts";
import { FormPopover } from "./FormPopover.tsx";

/** Label and field selectors: what the server leaves out, so that huge lists become small ones. */
export function SelectorsButton({ place }: { place: BrowsePlace }) {
  const { t } = useTranslation();
  const [labels, setLabels] = useState(place.labels ?? "");
  const [fields, setFields] = useState(place.fields ?? "");
  return (
    <FormPopover
      label={t("browse.selectors.button")}
      icon={<ListFilter aria-hidden />}
      title={t("browse.selectors.title")}
      confirm={t("browse.selectors.use")}
      onConfirm={() => browse({ labels: labels.trim() || undefined, fields: fields.trim() || undefined })}
    >
      <Field
        label={t("browse.selectors.labels")}
        code="-l"
        mono
        value={labels}
        onChange={setLabels}
        placeholder="app=web,tier!=db"
        description={t("browse.selectors.labelsHint")}
      />
      <Field
        label={t("browse.selectors.fields")}
        code="--field-selector"
        mono
        value={fields}
        onChange={setFields}
        placeholder="spec.nodeName=node-1"
        description={t("browse.selectors.fieldsHint")}
      />
    </FormPopover>
  );
}
