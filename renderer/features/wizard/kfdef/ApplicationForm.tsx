import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { KfDefApplication } from "../../../../common/contract/index.ts";
import { choicesKey, editKfDef, loadChoices, useKfDef } from "../../../state/kfdef.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { ArrowDown, ArrowUp, Trash2 } from "../../../ui/icons.ts";
import { Tag } from "../../../ui/Tag.tsx";
import { ParameterList } from "./ParameterList.tsx";
import { placeAfterMove, withOverlay } from "./parts.ts";

export interface ApplicationFormProps {
  application: KfDefApplication;
  applications: readonly KfDefApplication[];
  locked: boolean;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
}

/** One application: its place in the order, which overlays go onto its base, and its parameters. */
export function ApplicationForm({ application, applications, locked, onRemove, onMove }: ApplicationFormProps) {
  const { t } = useTranslation();
  const { name, repo, path, overlays, parameters } = application;
  const choices = useKfDef((state) => state.choices[choicesKey(application)]);
  useEffect(() => {
    void loadChoices(name);
  }, [name]);
  const names = applications.map((each) => each.name);
  const offered = choices && !("error" in choices) ? choices : undefined;
  // one that was taken out can be put in again, also where the folder is not known
  const seen = useRef(new Set<string>());
  for (const overlay of [...overlays, ...(offered?.overlays ?? [])]) seen.current.add(overlay);
  const all = [...seen.current].toSorted();
  return (
    <>
      <header className="kfdef-form-head">
        <h2>{name}</h2>
        <IconButton
          label={t("kfdef.moveUp", { name })}
          isDisabled={locked || placeAfterMove(names, name, -1) === undefined}
          onPress={() => onMove(-1)}
        >
          <ArrowUp aria-hidden />
        </IconButton>
        <IconButton
          label={t("kfdef.moveDown", { name })}
          isDisabled={locked || placeAfterMove(names, name, 1) === undefined}
          onPress={() => onMove(1)}
        >
          <ArrowDown aria-hidden />
        </IconButton>
        <IconButton label={t("kfdef.remove", { name })} isDisabled={locked} onPress={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
        <p className="faint">
          <span role="status">{t("kfdef.position", { number: names.indexOf(name) + 1, total: names.length })}</span>
          {" · "}
          <span className="mono">
            {repo}/{path}
          </span>
        </p>
      </header>
      <div className="kfdef-form-body">
        {choices && "error" in choices ? (
          <ErrorBanner
            error={choices.error}
            tone="warn"
            actions={<Button onPress={() => void loadChoices(name)}>{t("common.again")}</Button>}
          />
        ) : null}
        <fieldset className="kfdef-group">
          <legend className="section-title">{t("kfdef.overlays")}</legend>
          <p className="hint">{t("kfdef.overlaysHint")}</p>
          {all.map((overlay) => (
            <CheckLine
              key={overlay}
              isSelected={overlays.includes(overlay)}
              isLocked={locked}
              onChange={(on) =>
                void editKfDef({
                  type: "set-overlays",
                  application: name,
                  overlays: withOverlay(overlays, overlay, on),
                })
              }
            >
              <span className="mono">{overlay}</span>{" "}
              {offered && !offered.overlays.includes(overlay) ? (
                <Tag tone="warn" sign="△">
                  {t("kfdef.overlayMissing")}
                </Tag>
              ) : null}
            </CheckLine>
          ))}
          {all.length === 0 && (choices === undefined || offered) ? (
            <p className="muted">{offered ? t("kfdef.noOverlays") : t("kfdef.lookingInFolder")}</p>
          ) : null}
        </fieldset>
        <ParameterList
          application={name}
          parameters={parameters}
          offered={offered?.parameters ?? []}
          folder={choices === undefined ? "looking" : offered ? "known" : "unknown"}
          locked={locked}
        />
      </div>
    </>
  );
}
