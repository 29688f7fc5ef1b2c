import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { inspectKfDir, setDraft, useDraft } from "../../../state/draft.ts";
import { useKfDef } from "../../../state/kfdef.ts";
import { goStep } from "../../../state/route.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { CommandsButton } from "../CommandsButton.tsx";
import { currentProblems, currentRelease, currentSignIn } from "../current-step.ts";
import { KfDefSettings } from "../kfdef/KfDefSettings.tsx";
import { StepLayout } from "../StepLayout.tsx";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { FolderChooser } from "./FolderChooser.tsx";
import { ImagesFields } from "./ImagesFields.tsx";
import { KfDirLine } from "./KfDirLine.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { ReleaseCards } from "./ReleaseCards.tsx";
import { SettingsAside } from "./SettingsAside.tsx";
import { SignInChoice } from "./SignInChoice.tsx";
import { type FieldName, passwordOptional } from "./validate.ts";
import { WayInSection } from "./WayInSection.tsx";
import { problemText } from "./words.ts";
import "./Settings.css";

export function SettingsStep() {
  const { t } = useTranslation();
  const draft = useDraft();
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const [asked, setAsked] = useState(0);
  const [choosing, setChoosing] = useState(false);
  const kfdef = useKfDef();
  const isFromFile = currentRelease(draft)?.capabilities.components === "file";
  const signIn = currentSignIn(draft, kfdef);
  const problems = currentProblems(draft, kfdef);
  useKfDir(draft.baseDir, draft.name);

  const touch = (field: FieldName) => setTouched((known) => (known.has(field) ? known : new Set([...known, field])));
  /** A problem is shown once its field was used, or Continue was asked for. */
  const errorOf = (field: FieldName) => {
    const problem = problems[field];
    return problem !== undefined && (touched.has(field) || asked > 0) ? problemText(t, problem) : undefined;
  };
  const edit = (field: "name" | "baseDir" | "email" | "userNamespace") => (value: string) => {
    touch(field);
    setDraft(field === "userNamespace" ? { userNamespace: value, namespaceEdited: true } : { [field]: value });
  };
  const next = () => {
    if (Object.keys(problems).length === 0) goStep("components");
    else setAsked(asked + 1);
  };

  return (
    <StepLayout
      title={t("steps.settings")}
      intro={t("settings.intro")}
      aside={<SettingsAside signIn={signIn} />}
      footer={
        <>
          <Button variant="ghost" onPress={() => goStep("cluster")}>
            {t("common.back")}
          </Button>
          <span className="grow" />
          <CommandsButton step="settings" />
          <Button variant="primary" onPress={next}>
            {t("common.continue")}
          </Button>
        </>
      }
    >
      {asked > 0 ? <ErrorSummary problems={problems} focusKey={asked} /> : null}
      {draft.releasesError ? <ErrorBanner error={draft.releasesError} /> : null}
      <div className="settings-form">
        <Field
          id="field-name"
          label={t("settings.name")}
          code="KF_NAME"
          value={draft.name}
          onChange={edit("name")}
          onBlur={() => touch("name")}
          error={errorOf("name")}
          autoComplete="off"
        />
        <div>
          <Field
            id="field-baseDir"
            label={t("settings.baseDir")}
            code="BASE_DIR"
            value={draft.baseDir}
            onChange={edit("baseDir")}
            onBlur={() => touch("baseDir")}
            error={errorOf("baseDir")}
            autoComplete="off"
            action={
              <Button variant="ghost" size="sm" className="field-action" onPress={() => setChoosing(!choosing)}>
                {t("settings.choose")}
              </Button>
            }
          />
          {choosing ? (
            <FolderChooser
              start={draft.baseDir}
              onChoose={(baseDir) => {
                setDraft({ baseDir });
                setChoosing(false);
              }}
              onClose={() => setChoosing(false)}
            />
          ) : null}
          {problems.baseDir === undefined && problems.name === undefined ? <KfDirLine /> : null}
        </div>
        <ReleaseCards />
        {isFromFile ? <KfDefSettings error={errorOf("configUri")} onUsed={() => touch("configUri")} /> : null}
        {isFromFile ? null : (
          <SignInChoice
            error={errorOf("oidc")}
            onUsed={() => touch("oidc")}
            optional={passwordOptional(draft.folder)}
          />
        )}
        {isFromFile && !signIn ? null : (
          <div className="settings-two">
            <Field
              id="field-email"
              label={t("settings.email")}
              type="email"
              value={draft.email}
              onChange={edit("email")}
              onBlur={() => touch("email")}
              error={errorOf("email")}
              description={isFromFile ? t("kfdef.emailHint") : t("settings.emailHint")}
              autoComplete="off"
            />
            {signIn ? (
              <PasswordField
                optional={passwordOptional(draft.folder)}
                error={errorOf("password")}
                onUsed={() => touch("password")}
              />
            ) : null}
            {isFromFile ? null : (
              <Field
                id="field-userNamespace"
                label={t("settings.userNamespace")}
                value={draft.userNamespace}
                onChange={edit("userNamespace")}
                onBlur={() => touch("userNamespace")}
                error={errorOf("userNamespace")}
                description={draft.namespaceEdited ? t("settings.namespaceOwn") : t("settings.namespaceDerived")}
                autoComplete="off"
              />
            )}
          </div>
        )}
        <ImagesFields errorOf={errorOf} onUsed={touch} />
        <WayInSection shown={touched.has("access") || asked > 0} onUsed={() => touch("access")} />
      </div>
    </StepLayout>
  );
}

/** Looks at the folder once typing has stopped for a moment. */
function useKfDir(baseDir: string, name: string): void {
  const first = useRef(true);
  useEffect(() => {
    const wait = first.current ? 0 : 300;
    first.current = false;
    // inspectKfDir looks at the folder that is written when it runs; these two are what starts it
    const timer = setTimeout(() => baseDir !== "" && name !== "" && void inspectKfDir(), wait);
    return () => clearTimeout(timer);
  }, [baseDir, name]);
}
