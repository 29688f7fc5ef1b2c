import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import { useBrowsePreferences } from "../../store/browse.ts";
import type { BrowsePlace } from "../../store/route.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Bookmark } from "../../ui/icons.ts";
import { saveView } from "./SavedViews.tsx";

/** Keeps what is on screen under a name, for the sidebar and the palette. */
export function SaveViewButton({ place }: { place: BrowsePlace }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const { views } = useBrowsePreferences();
  const known = views.some((view) => view.name === name.trim());
  const save = () => {
    if (name.trim() === "") return;
    saveView(name.trim(), place);
    setOpen(false);
    setName("");
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button size="sm" className="head-tool" icon={<Bookmark aria-hidden />}>
        {t("browse.views.save")}
      </Button>
      <Popover className="popup" placement="bottom end">
        <div className="popup-dialog">
          <h2>{t("browse.views.saveTitle")}</h2>
          <form
            className="popup-dialog"
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <Field
              label={t("browse.views.name")}
              value={name}
              onChange={setName}
              description={known ? t("browse.views.replaces") : t("browse.views.keeps")}
            />
            <span className="popup-actions">
              <Button size="sm" onPress={() => setOpen(false)}>
                {t("common.cancel")}
              </Button>
              <Button size="sm" variant="primary" type="submit" isDisabled={name.trim() === ""}>
                {t("browse.views.keep")}
              </Button>
            </span>
          </form>
        </div>
      </Popover>
    </DialogTrigger>
  );
}
