import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBrowsePreferences } from "../../../state/browse.ts";
import type { BrowsePlace } from "../../../state/route.ts";
import { Field } from "../../../ui/Field.tsx";
import { Bookmark } from "../../../ui/icons.ts";
import { FormPopover } from "../head/FormPopover.tsx";
import { saveView } from "./SavedViews.tsx";

/** Keeps what is on screen under a name, for the sidebar and the palette. */
export function SaveViewButton({ place }: { place: BrowsePlace }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const { views } = useBrowsePreferences();
  const known = views.some((view) => view.name === name.trim());
  return (
    <FormPopover
      label={t("browse.views.save")}
      icon={<Bookmark aria-hidden />}
      title={t("browse.views.saveTitle")}
      confirm={t("browse.views.keep")}
      isDisabled={name.trim() === ""}
      onConfirm={() => {
        saveView(name.trim(), place);
        setName("");
      }}
    >
      <Field
        label={t("browse.views.name")}
        value={name}
        onChange={setName}
        description={known ? t("browse.views.replaces") : t("browse.views.keeps")}
      />
    </FormPopover>
  );
}
