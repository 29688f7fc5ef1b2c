import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type AppError, contextId } from "../../../common/contract/index.ts";
import { client } from "../../state/client.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

const approvable = z.object({ context: contextId, command: z.string() });

/** The credential program that a terminal's kubectl would run is shown and approved first, as when connecting. */
export function Approval({ error, onApproved }: { error: AppError; onApproved: () => void }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const asked = approvable.safeParse(error.fix?.params);
  const approve = async () => {
    if (!asked.success) return;
    const command = z.array(z.string()).parse(JSON.parse(asked.data.command));
    await client().call("cluster.approveExec", { context: asked.data.context, command });
    onApproved();
  };
  return (
    <div className="terminal-banner">
      <Banner
        tone="warn"
        title={words(error).title}
        live
        actions={
          asked.success ? (
            <Button variant="primary" onPress={() => void approve().catch(onApproved)}>
              {t("terminal.approve")}
            </Button>
          ) : undefined
        }
      >
        <code className="mono">{error.detail}</code>
      </Banner>
    </div>
  );
}
