import { useState } from "react";
import { Input } from "react-aria-components/Input";
import { useTranslation } from "react-i18next";
import type { GoneImage } from "../../../electron/contract/index.ts";
import { setDraft, useDraft } from "../../store/draft.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { imageRows } from "./changes.ts";
import "./KfDefPlan.css";

/** Images that can no longer be pulled, each with the one to take in its place; the plan is made again with these. */
export function GoneImages({ gone }: { gone: readonly GoneImage[] }) {
  const { t } = useTranslation();
  const images = useDraft((state) => state.images);
  const [typed, setTyped] = useState(images);
  const rows = imageRows(gone, images);
  if (rows.length === 0) return null;
  const given = Object.fromEntries(
    Object.entries(typed)
      .map(([image, instead]) => [image, instead.trim()] as const)
      .filter(([, instead]) => instead !== ""),
  );
  const changed = JSON.stringify(sorted(given)) !== JSON.stringify(sorted(images));
  const suggested = rows.filter(({ image, instead }) => instead !== undefined && (typed[image] ?? "") === "");
  return (
    <Card
      title={t("kfdef.images.title", { count: rows.length })}
      aside={
        suggested.length > 0 ? (
          <Button
            size="sm"
            onPress={() =>
              setTyped({
                ...typed,
                ...Object.fromEntries(suggested.map(({ image, instead }) => [image, instead ?? ""])),
              })
            }
          >
            {t("kfdef.images.takeAll", { count: suggested.length })}
          </Button>
        ) : null
      }
      padded={false}
      className="gone-images"
    >
      <p className="hint conversions-about">{t("kfdef.images.about")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setDraft({ images: given });
        }}
      >
        <table className="gone-table">
          <thead>
            <tr>
              <th scope="col">{t("kfdef.images.image")}</th>
              <th scope="col">{t("kfdef.images.instead")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ image, because, instead }) => (
              <tr key={image}>
                <th scope="row">
                  <span className="mono">{image}</span>
                  <small>{because ?? t("kfdef.images.replaced")}</small>
                </th>
                <td>
                  <Input
                    className="gone-input mono"
                    aria-label={t("kfdef.images.insteadOf", { image })}
                    value={typed[image] ?? ""}
                    placeholder={instead ?? t("kfdef.images.keep")}
                    spellCheck="false"
                    autoComplete="off"
                    onChange={(event) => setTyped({ ...typed, [image]: event.target.value })}
                  />
                  {images[image] !== undefined && images[image] === given[image] ? (
                    <Tag tone="ok" sign="✓">
                      {t("kfdef.images.inUse")}
                    </Tag>
                  ) : instead !== undefined && (typed[image] ?? "") === "" ? (
                    <Button
                      size="sm"
                      aria-label={t("kfdef.images.takeFor", { image })}
                      onPress={() => setTyped({ ...typed, [image]: instead })}
                    >
                      {t("kfdef.images.take")}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="gone-foot">
          <Button size="sm" variant="primary" type="submit" isDisabled={!changed}>
            {t("kfdef.images.use")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function sorted(images: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(images).toSorted(([a], [b]) => a.localeCompare(b));
}
