import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AppError, type InspectedImage, imagePrefix } from "../../../../common/contract/index.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { useFormat } from "../../../ui/format.ts";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { useErrorWords } from "../../../ui/use-error-words.ts";
import { useWork } from "./use-work.ts";

/** What the images of Kubeflow's releases are made for. */
const platforms = ["linux/amd64", "linux/arm64"] as const;

/** The images of an installation: whether they answer, and copies of them in another registry. */
export function ImagesPart({ kfDir }: { kfDir: string }) {
  const { t } = useTranslation();
  const { value, error, asking } = useCall("images.list", { kfDir });
  const [filter, setFilter] = useState("");
  const check = useWork("images.inspect");
  const copy = useWork("images.mirror");
  const all = (value?.images ?? []).map(({ image }) => image);
  const shown = all.filter((image) => image.includes(filter.trim()));
  const found = new Map(check.item?.images.map((one) => [one.image, one]));
  const copies = new Map(copy.item?.images.map((one) => [one.from, one]));
  const limits = [...(check.item?.limits ?? []), ...(copy.item?.limits ?? [])].filter(({ until }) => until);
  return (
    <div className="images-part">
      {error ? <ErrorBanner error={error} /> : null}
      {check.error ? <ErrorBanner error={check.error} /> : null}
      {copy.error ? <ErrorBanner error={copy.error} /> : null}
      <div className="images-line">
        <Field label={t("registries.filter")} value={filter} onChange={setFilter} type="search" />
        {check.isRunning ? (
          <Button onPress={check.stop}>{t("registries.stopCheck")}</Button>
        ) : (
          <Button onPress={() => check.start({ images: shown })} isDisabled={shown.length === 0}>
            {t("registries.check", { count: shown.length })}
          </Button>
        )}
      </div>
      <Copying images={shown} copy={copy} />
      <p role="status" className="muted">
        {asking ? t("common.looking") : null}
        {check.item ? t("registries.checked", { done: check.item.images.length, all: shown.length }) : null}
        {limits.map(({ host, until }) => ` ${t("registries.waiting", { host, time: until ?? "" })}`)}
      </p>
      <ScrollRegion label={t("registries.part.images")} className="images-list">
        <ul>
          {shown.map((image) => (
            <li key={image}>
              <span className="mono">{image}</span>
              <Found found={found.get(image)} problem={copies.get(image)?.problem} />
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </div>
  );
}

function Found({ found, problem }: { found: InspectedImage | undefined; problem: AppError | undefined }) {
  const format = useFormat();
  const words = useErrorWords();
  const failed = problem ?? found?.problem;
  if (failed) return <small className="text-bad">{words(failed).title}</small>;
  if (found === undefined) return null;
  return (
    <small className="muted">
      {found.platforms.map(({ platform, size }) => `${platform} ${format.bytes(size)}`).join(" · ")}
    </small>
  );
}

function Copying({ images, copy }: { images: string[]; copy: ReturnType<typeof useWork<"images.mirror">> }) {
  const { t } = useTranslation();
  const [prefix, setPrefix] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const isWrong = prefix !== "" && !imagePrefix.safeParse(prefix).success;
  const all = copy.item?.images ?? [];
  const done = all.filter(({ state }) => state === "copied" || state === "present").length;
  return (
    <>
      <div className="images-line">
        <Field
          label={t("registries.copyTo")}
          value={prefix}
          onChange={(value) => setPrefix(value.trim())}
          placeholder="registry.example/kubeflow"
          error={isWrong ? t("settings.problem.image-prefix") : undefined}
          mono
        />
        {copy.isRunning ? (
          <Button onPress={copy.stop}>{t("registries.stopCopy")}</Button>
        ) : (
          <Button
            isDisabled={prefix === "" || isWrong || images.length === 0}
            onPress={() => copy.start({ images, prefix, platforms: [...chosen] })}
          >
            {t("registries.copy", { count: images.length })}
          </Button>
        )}
      </div>
      <fieldset className="images-platforms">
        <legend>{t("registries.platforms")}</legend>
        {platforms.map((platform) => (
          <CheckLine
            key={platform}
            isSelected={chosen.includes(platform)}
            onChange={(isOn) => setChosen(isOn ? [...chosen, platform] : chosen.filter((one) => one !== platform))}
          >
            {platform}
          </CheckLine>
        ))}
      </fieldset>
      <p className="muted">{t("registries.platformsHint")}</p>
      {copy.item ? (
        <p role="status">
          {t("registries.copied", { done, all: all.length })}
          {copy.isRunning ? null : ` ${t("registries.copyAgain")}`}
        </p>
      ) : null}
    </>
  );
}
