import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isKind } from "../../../common/kube/index.ts";
import { Field } from "../../ui/Field.tsx";
import { ActionDialog, TargetList, useAbout, useContextName } from "./ActionDialog.tsx";
import { closeActionDialog, type OpenDialog } from "./dialogs.ts";
import { changeLines } from "./kubectl.ts";
import { startAction } from "./running-actions.ts";
import { titleOf } from "./titles.ts";
import { type Looked, useFacts } from "./use-facts.ts";

interface Container {
  name: string;
  init: boolean;
  /** Different ones, when several objects have a container of this name. */
  images: string[];
}

/** The containers of all objects by name; ephemeral ones can't be changed. */
export function containersByName(looked: readonly Looked[]): Container[] {
  const byName = new Map<string, Container>();
  for (const { name, image, role } of looked.flatMap(({ facts }) => facts.containers)) {
    if (role === "ephemeral") continue;
    const known = byName.get(name) ?? { name, init: role === "init", images: [] };
    if (!known.images.includes(image)) known.images.push(image);
    byName.set(name, known);
  }
  return [...byName.values()].sort((a, b) => Number(a.init) - Number(b.init));
}

/** What the server would refuse, or the kubelet never find. */
export function imageWrong(image: string): boolean {
  return image === "" || /\s/.test(image) || image.length > 1000;
}

/** New images for containers, by their names. */
export function ImageDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const { there, gone, asking, error } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const containers = containersByName(there);
  const images = Object.entries(typed)
    .map(([container, image]) => ({ container, image: image.trim() }))
    .filter(({ container, image }) => {
      const known = containers.find(({ name }) => name === container)?.images;
      return known !== undefined && !(known.length === 1 && known[0] === image);
    });
  const wrong = images.some(({ image }) => imageWrong(image));
  const meant = there.map(({ target }) => target);
  const change = { do: "image" as const, images };
  const title = titleOf(t, "image");
  return (
    <ActionDialog
      title={`${title}: ${about}`}
      lines={images.length === 0 || wrong ? [] : changeLines(context, meant, change)}
      confirm={t("actions.image.confirm")}
      blocked={asking || images.length === 0 || wrong}
      error={error}
      onConfirm={() => {
        closeActionDialog();
        void startAction(title, meant, change);
      }}
    >
      <p>{t(targets[0] && isKind(targets[0], "/Pod") ? "actions.image.pod" : "actions.image.will")}</p>
      {containers.map(({ name, init, images: now }) => {
        const value = typed[name] ?? (now.length === 1 ? (now[0] ?? "") : "");
        const untouched = typed[name] === undefined;
        return (
          <Field
            key={name}
            label={init ? t("actions.image.init", { name }) : name}
            value={value}
            mono
            placeholder={now.length > 1 ? t("actions.image.several") : ""}
            onChange={(image) => setTyped((known) => ({ ...known, [name]: image }))}
            error={!untouched && imageWrong(value.trim()) ? t("actions.image.wrong") : undefined}
            {...(!untouched && now.length === 1 && value.trim() !== now[0]
              ? { description: t("actions.image.before", { image: now[0] ?? "" }) }
              : {})}
          />
        );
      })}
      <TargetList looked={there} gone={gone} />
    </ActionDialog>
  );
}
