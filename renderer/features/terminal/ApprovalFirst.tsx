import { useTranslation } from "react-i18next";
import { z } from "zod";
import { type AppError, contextId } from "../../../common/contract/index.ts";
import { client } from "../../state/client.ts";
import { findContext, useCluster } from "../../state/cluster.ts";
import { Approval } from "../../state/connected/Approval.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";

const approvable = z.object({ context: contextId, command: z.string() });

/** The credential program that a terminal's kubectl would run is shown and approved first, as when connecting. */
export function ApprovalFirst({ error, onApproved }: { error: AppError; onApproved: () => void }) {
  const { t } = useTranslation();
  const asked = approvable.safeParse(error.fix?.params).data;
  const context = useCluster(({ list }) => findContext(list, asked?.context));
  if (asked === undefined || context === undefined) return <ErrorBanner error={error} />;
  const command = z.array(z.string()).parse(JSON.parse(asked.command));
  const run = () =>
    void client().call("cluster.approveExec", { context: context.id, command }).then(onApproved, onApproved);
  return <Approval context={context} command={command} approval={{ label: t("terminal.approve"), run }} />;
}
