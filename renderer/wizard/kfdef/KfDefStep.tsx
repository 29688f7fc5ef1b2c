import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { KfDefDocument } from "../../../electron/contract/index.ts";
import { useDraft } from "../../store/draft.ts";
import { editKfDef, resetKfDef, undoKfDef, useKfDef } from "../../store/kfdef.ts";
import { goStep } from "../../store/route.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { History } from "../../ui/icons.ts";
import { Segmented } from "../../ui/Segmented.tsx";
import { useNarrow } from "../../ui/useNarrow.ts";
import { CommandsButton } from "../CommandsButton.tsx";
import { currentConfigUri, currentKfDefProblem, currentRelease } from "../current.ts";
import { StepLayout } from "../StepLayout.tsx";
import { ApplicationForm } from "./ApplicationForm.tsx";
import { ApplicationList } from "./ApplicationList.tsx";
import { PluginForm } from "./PluginForm.tsx";
import { defaultPart, neighbourOf, type Part, partKey, parts } from "./parts.ts";
import { ReadProblem } from "./ReadProblem.tsx";
import { SecretsForm } from "./SecretsForm.tsx";
import { type SourceHandle, SourcePane } from "./SourcePane.tsx";
import "./KfDefSettings.css";
import "./KfDefStep.css";

/** The KfDef's applications, plugins and secrets as forms, with its text beside them. */
export function KfDefStep() {
  const { t } = useTranslation();
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
  const place =
    part?.kind === "application" ? document?.applications.find(({ name }) => name === part.name)?.place : undefined;
  const line = place?.line;
  useEffect(() => {
    if (line !== undefined && wanted !== undefined) source.current?.show(line);
  }, [line, wanted]);

  const footer = (
    <>
      <Button variant="ghost" onPress={() => goStep("settings")}>
        {t("common.back")}
      </Button>
      <span className="foot-note">{problem ? t(`kfdef.blocked.${problem}`) : null}</span>
      <span className="grow" />
      <CommandsButton step="components" />
      <Button variant="primary" isDisabled={problem !== undefined} onPress={() => goStep("plan")}>
        {t("common.continue")}
      </Button>
    </>
  );

  if (document === undefined || part === undefined)
    return (
      <StepLayout title={t("steps.components")} intro={currentRelease(draft)?.title} footer={footer}>
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
        <ApplicationList document={document} part={part} locked={broken} onChoose={setWanted} onRemove={remove} />
        {narrow && side === "text" ? null : (
          <section className="card kfdef-form" aria-label={t("kfdef.form")}>
            {broken ? <p className="hint kfdef-stale">{t("kfdef.stale")}</p> : null}
            <PartForm document={document} part={part} locked={broken} onRemove={remove} onChoose={setWanted} />
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
  onChoose: (part: Part) => void;
}

function PartForm({ document, part, locked, onRemove }: PartFormProps) {
  const { t } = useTranslation();
  if (part.kind === "secrets") return <SecretsForm secrets={document.secrets} />;
  if (part.kind === "plugin") {
    const plugin = document.plugins.find(({ name }) => name === part.name);
    return plugin ? <PluginForm key={plugin.name} plugin={plugin} locked={locked} /> : null;
  }
  const application = document.applications.find(({ name }) => name === part.name);
  if (application === undefined) return <p className="hint kfdef-stale">{t("kfdef.noApplications")}</p>;
  return (
    <ApplicationForm
      key={application.name}
      application={application}
      applications={document.applications}
      locked={locked}
      onRemove={() => onRemove(application.name)}
    />
  );
}

/** What was chosen, as long as the text has it. */
function chosenPart(document: KfDefDocument, wanted: Part | undefined): Part {
  const found = wanted && parts(document).find((part) => partKey(part) === partKey(wanted));
  return found ?? defaultPart(document);
}
