import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../../common/contract/index.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Segmented } from "../../../ui/Segmented.tsx";
import { DeployPart } from "./DeployPart.tsx";
import { ImagesPart } from "./ImagesPart.tsx";
import { PullSecretsPart } from "./PullSecretsPart.tsx";
import { RegistriesPart } from "./RegistriesPart.tsx";
import "./Images.css";

const parts = ["images", "registries", "deployed", "secrets"] as const;
type Part = (typeof parts)[number];

/** Images, registries and pull secrets: looking at them, copying, connecting and writing. */
export function ImagesDialog(props: { kfDir: string | undefined; context: ContextId; onClose: () => void }) {
  const { kfDir, context, onClose } = props;
  const { t } = useTranslation();
  const [part, setPart] = useState<Part>(kfDir === undefined ? "registries" : "images");
  const shown = parts.filter((one) => one !== "images" || kfDir !== undefined);
  return (
    <Dialog
      title={t("registries.title")}
      size="lg"
      onClose={onClose}
      footer={<Button onPress={onClose}>{t("registries.close")}</Button>}
    >
      <Segmented
        label={t("registries.title")}
        value={part}
        options={shown.map((one) => ({ value: one, label: t(`registries.part.${one}`) }))}
        onChange={setPart}
      />
      {part === "images" && kfDir !== undefined ? <ImagesPart kfDir={kfDir} /> : null}
      {part === "registries" ? <RegistriesPart /> : null}
      {part === "deployed" ? <DeployPart context={context} /> : null}
      {part === "secrets" ? <PullSecretsPart context={context} /> : null}
    </Dialog>
  );
}
