import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KfDefDocument } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useDraft } from "../../../state/draft.ts";
import { editKfDef, resetKfDef, undoKfDef, useKfDef } from "../../../state/kfdef.ts";
import { goStep } from "../../../state/route.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { History } from "../../../ui/icons.ts";
import { Segmented } from "../../../ui/Segmented.tsx";
import { useNarrow } from "../../../ui/use-narrow.ts";
import { CommandsButton } from "../CommandsButton.tsx";
import { currentConfigUri, currentKfDefProblem, currentRelease } from "../current-step.ts";
import { StepLayout } from "../StepLayout.tsx";
import { ApplicationForm } from "./ApplicationForm.tsx";
import { ApplicationList } from "./ApplicationList.tsx";
import { PluginForm } from "./PluginForm.tsx";
import { asApplication, defaultPart, itemOf, neighbourOf, type Part, partKey, parts, placeAfterMove } from "./parts.ts";
import { ReadProblem } from "./ReadProblem.tsx";
import { SecretsForm } from "./SecretsForm.tsx";
import { type SourceHandle, SourcePane } from "./SourcePane.tsx";
import "./KfDefSettings.css";
import "./KfDefStep.css";

/** The KfDef's applications, plugins and secrets as forms, with its text beside them. */
export function KfDefStep() {
  const { t } = useTranslation();
  const language = useLanguage();
  const draft = useDraft();
  const kfdef = useKfDef();
  const narrow = useNarrow();
  const [wanted, setWanted] = useState<Part | undefined>(undefined);
  const [side, setSide] = useState<"form" | "text">("form");
  const source = useRef<SourceHandle>(null);
  const configUri = currentConfigUri(draft);
  const document = kfdef.configUri === configUri ? kfdef.document : undefined;
  const problem = currentKfDefProblem(draft, kfdef);
  const broken = kfdef.error !== undefined;
  const part = useMemo(() => (document ? chosenPart(document, wanted) : undefined), [document, wanted]);
  const line = part && document && lineOf(document, part);
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another language the text is drawn anew
  useEffect(() => {
    if (line !== undefined && wanted !== undefined) source.current?.show(line);
  }, [line, wanted, t]);

  const footer = (
    <>
      <Button variant="ghost" onPress={() => goStep("settings")}>
        {t("common.back")}
      </Button>
      <span className="foot-note">{problem ? t(`kfdef.blocked.${problem}`) : null}</span>
      <span className="grow" />
      <CommandsButton step="components" />
      <Button variant="primary" isDisabled={problem !== undefined} onPress={() => goStep("checks")}>
        {t("common.continue")}
      </Button>
    </>
  );

  if (document === undefined || part === undefined)
    return (
      <StepLayout title={t("steps.components")} intro={currentRelease(draft)?.title[language]} footer={footer}>
        {kfdef.error ? <ReadProblem error={kfdef.error} /> : null}
        {configUri === "" ? (
          <Banner
            tone="info"
            title={t("settings.problem.config-uri-empty")}
            actions={
              <Button variant="primary" onPress={() => goStep("settings")}>
                {t("steps.settings")}
              </Button>
            }
          />
        ) : null}
        {configUri && !kfdef.error ? <p role="status">{t("kfdef.reading", { uri: configUri })}</p> : null}
      </StepLayout>
    );

  const remove = (name: string) => {
    setWanted(neighbourOf(document, name));
    void editKfDef({ type: "remove-application", application: name });
  };
  const move = (name: string, by: -1 | 1) => {
    const place = placeAfterMove(
      document.applications.map((application) => application.name),
      name,
      by,
    );
    if (place === undefined) return;
    setWanted(asApplication(name));
    void editKfDef({ type: "move-application", application: name, ...place });
  };
  return (
    <StepLayout
      wide
      filled
      title={t("steps.components")}
      intro={t("kfdef.intro", { file: document.fileName })}
      footer={footer}
    >
      <div className="kfdef-bar">
        <span role="status" className="muted">
          {t("kfdef.applications", { count: document.applications.length })}
        </span>
        {draft.kfdef.edited?.configUri === configUri ? <span className="faint">{t("kfdef.isEdited")}</span> : null}
        <span className="grow" />
        {narrow ? (
          <Segmented
            label={t("kfdef.show")}
            value={side}
            onChange={setSide}
            options={[
              { value: "form", label: t("kfdef.form") },
              { value: "text", label: "YAML" },
            ]}
          />
        ) : null}
        <Button
          size="sm"
          icon={<History aria-hidden />}
          isDisabled={kfdef.earlier.length === 0}
          onPress={() => void undoKfDef()}
        >
          {t("kfdef.undo")}
        </Button>
        <Button
          size="sm"
          isDisabled={draft.kfdef.edited === undefined && !broken}
          onPress={() => {
            setWanted(undefined);
            void resetKfDef();
          }}
        >
          {t("kfdef.reset")}
        </Button>
      </div>
      {kfdef.editError ? <ErrorBanner error={kfdef.editError} /> : null}
      <div className="kfdef-editor">
        <ApplicationList
          document={document}
          part={part}
          locked={broken}
          onChoose={setWanted}
          onRemove={remove}
          onMove={move}
        />
        {narrow && side === "text" ? null : (
          <section className="card kfdef-form" aria-label={t("kfdef.form")}>
            {broken ? <p className="hint kfdef-stale">{t("kfdef.stale")}</p> : null}
            <PartForm document={document} part={part} locked={broken} onRemove={remove} onMove={move} />
          </section>
        )}
        {narrow && side === "form" ? null : <SourcePane ref={source} />}
      </div>
    </StepLayout>
  );
}

interface PartFormProps {
  document: KfDefDocument;
  part: Part;
  /** The text can't be read as it is, so that nothing can be edited in a form. */
  locked: boolean;
  onRemove: (name: string) => void;
  onMove: (name: string, by: -1 | 1) => void;
}

function PartForm({ document, part, locked, onRemove, onMove }: PartFormProps) {
  const { t } = useTranslation();
  if (part.kind === "secrets") return <SecretsForm secrets={document.secrets} />;
  if (part.kind === "plugin") {
    const plugin = itemOf(document.plugins, part);
    return plugin ? <PluginForm key={partKey(part)} plugin={plugin} locked={locked} /> : null;
  }
  const application = itemOf(document.applications, part);
  if (application === undefined) return <p className="hint kfdef-stale">{t("kfdef.noApplications")}</p>;
  // an edit names an application: of two by one name it would mean the first
  const twice = document.applications.filter(({ name }) => name === part.name).length > 1;
  return (
    <>
      {twice ? <p className="hint kfdef-stale">{t("kfdef.twice", { name: application.name })}</p> : null}
      <ApplicationForm
        key={partKey(part)}
        application={application}
        applications={document.applications}
        locked={locked || twice}
        onRemove={() => onRemove(application.name)}
        onMove={(by) => onMove(application.name, by)}
      />
    </>
  );
}

/** Where a part begins in the text, from 1. */
function lineOf({ applications, plugins, text }: KfDefDocument, part: Part): number | undefined {
  if (part.kind === "application") return itemOf(applications, part)?.place.line;
  const marker = part.kind === "secrets" ? "  secrets:" : `kind: ${itemOf(plugins, part)?.kind}`;
  const at = text.split("\n").findIndex((line) => line.includes(marker));
  return at < 0 ? undefined : at + 1;
}

/** What was chosen, as long as the text has it. */
function chosenPart(document: KfDefDocument, wanted: Part | undefined): Part {
  const found = wanted && parts(document).find((part) => partKey(part) === partKey(wanted));
  return found ?? defaultPart(document);
}
