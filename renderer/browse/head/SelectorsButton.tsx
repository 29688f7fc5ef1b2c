import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import { type BrowsePlace, browse } from "../../store/route.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { ListFilter } from "../../ui/icons.ts";

/** Label and field selectors: what the server leaves out, so that huge lists become small ones. */
export function SelectorsButton({ place }: { place: BrowsePlace }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [labels, setLabels] = useState(place.labels ?? "");
  const [fields, setFields] = useState(place.fields ?? "");
  const use = () => {
    setOpen(false);
    browse({ labels: labels.trim() || undefined, fields: fields.trim() || undefined });
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button size="sm" className="head-tool" icon={<ListFilter aria-hidden />}>
        {t("browse.selectors.button")}
      </Button>
      <Popover className="popup" placement="bottom end">
        <div className="popup-dialog">
          <h2>{t("browse.selectors.title")}</h2>
          <form
            className="popup-dialog"
            onSubmit={(event) => {
              event.preventDefault();
              use();
            }}
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
            <span className="popup-actions">
              <Button size="sm" onPress={() => setOpen(false)}>
                {t("common.cancel")}
              </Button>
              <Button size="sm" variant="primary" type="submit">
                {t("browse.selectors.use")}
              </Button>
            </span>
          </form>
        </div>
      </Popover>
    </DialogTrigger>
  );
}
