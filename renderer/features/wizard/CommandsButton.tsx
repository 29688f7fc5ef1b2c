import { useTranslation } from "react-i18next";
import type { StepId } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyLines } from "../../ui/CopyLines.tsx";
import { Check, Copy } from "../../ui/icons.ts";
import { useCopy } from "../../ui/use-copy.ts";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { useStepCommands } from "./commands.ts";
import { Teach } from "./ExplainPanel.tsx";

/** "Copy shell commands": the step as shell lines, for a terminal or a script. */
export function CommandsButton({ step }: { step: StepId }) {
  const { t } = useTranslation();
  const { lines } = useStepCommands(step);
  const { copied, failed, copy } = useCopy();
  return (
    <Button
      icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      isDisabled={lines === undefined}
      onPress={() => copy((lines ?? []).join("\n"))}
    >
      {copied ? t("common.copied") : failed ? t("common.copyFailed") : t("common.copyCommands")}
    </Button>
  );
}

/** The same lines, shown in the right column. */
export function CommandsTeach({ step }: { step: StepId }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const { lines, error } = useStepCommands(step);
  if (lines === undefined && error === undefined) return null;
  return (
    <Teach title={t("common.sameAs")}>
      {lines ? (
        <CopyLines lines={lines} label={t("common.commands")} wrap />
      ) : (
        <p>{error ? words(error).title : null}</p>
      )}
    </Teach>
  );
}
