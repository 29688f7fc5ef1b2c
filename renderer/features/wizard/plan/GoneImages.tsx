import { useState } from "react";
import { Input } from "react-aria-components/Input";
import { useTranslation } from "react-i18next";
import type { GoneImage } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { setDraft, useDraft } from "../../../state/draft.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { Field } from "../../../ui/Field.tsx";
import { TriangleAlert } from "../../../ui/icons.ts";
import { Tag } from "../../../ui/Tag.tsx";
import { copyIn, imageRows } from "./changes.ts";
import "./KfDefPlan.css";

/** Images that can no longer be pulled, each with the one to take in its place; the plan is made again with these. */
export function GoneImages({ gone }: { gone: readonly GoneImage[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const images = useDraft((state) => state.images);
  const [typed, setTyped] = useState(images);
  const [registry, setRegistry] = useState("");
  const rows = imageRows(gone, images);
  if (rows.length === 0) return null;
  const empty = (image: string) => (typed[image] ?? "") === "";
  const fill = (instead: (row: (typeof rows)[number]) => string | undefined) =>
    setTyped({
      ...typed,
      ...Object.fromEntries(
        rows.flatMap((row) => {
          const name = empty(row.image) ? instead(row) : undefined;
          return name === undefined ? [] : [[row.image, name]];
        }),
      ),
    });
  const given = Object.fromEntries(
    Object.entries(typed)
      .map(([image, instead]) => [image, instead.trim()] as const)
      .filter(([, instead]) => instead !== ""),
  );
  const changed = JSON.stringify(sorted(given)) !== JSON.stringify(sorted(images));
  const suggested = rows.filter(({ image, instead }) => instead !== undefined && empty(image)).length;
  const replaced = Object.keys(images).length;
  const left = rows.filter(({ image }) => images[image] === undefined).length;
  return (
    <Card
      title={
        left > 0 ? (
          <>
            <TriangleAlert aria-hidden size={14} /> {t("kfdef.images.title", { count: left })}
          </>
        ) : (
          t("kfdef.images.allReplaced")
        )
      }
      aside={replaced > 0 ? <span>{t("kfdef.images.replacedCount", { count: replaced })}</span> : null}
      {...(left > 0 ? { className: "gone-images" } : {})}
    >
      <Disclosure title={t("kfdef.images.nameOthers")}>
        <p className="hint gone-about">{t("kfdef.images.about")}</p>
        <div className="gone-bulk">
          <Field
            label={t("kfdef.images.registry")}
            value={registry}
            onChange={setRegistry}
            placeholder="registry.example.com/kubeflow"
            autoComplete="off"
            mono
          />
          <Button
            isDisabled={registry.trim() === "" || rows.every(({ image }) => !empty(image))}
            onPress={() => fill(({ image }) => copyIn(registry, image))}
          >
            {t("kfdef.images.fill")}
          </Button>
          <span className="grow" />
          {suggested > 0 ? (
            <Button onPress={() => fill(({ instead }) => instead)}>
              {t("kfdef.images.takeAll", { count: suggested })}
            </Button>
          ) : null}
        </div>
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
                    <small>{because === undefined ? t("kfdef.images.replaced") : textOf(because, language)}</small>
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
                    ) : instead !== undefined && empty(image) ? (
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
      </Disclosure>
    </Card>
  );
}

function sorted(images: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(images).toSorted(([a], [b]) => a.localeCompare(b));
}
