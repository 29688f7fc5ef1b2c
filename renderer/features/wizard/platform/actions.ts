import type { AppError, PlatformAction, PlatformJob } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";
import { connect } from "../../../state/cluster.ts";
import { askAgain, type CardId, usePlatform } from "./state.ts";

/** The card behind which a platform is. */
export function cardOf({ platform }: Pick<PlatformAction, "platform">): CardId {
  return platform === "eks" || platform === "gke" || platform === "aks" ? platform : "computer";
}

/** Runs what was shown; gives why it could not begin. What becomes of it is in the list of jobs. */
export async function runAction(
  request: PlatformAction,
  digest: string,
  confirm?: string,
): Promise<AppError | undefined> {
  const input = { request, digest, ...(confirm === undefined ? {} : { confirm }) };
  const answer = await settle(client().call("platforms.run", input));
  if (!answer.ok) return answer.error;
  const { id } = answer.value;
  if (request.action === "use" || request.action === "create")
    usePlatform.setState(({ connecting }) => ({ connecting: [...connecting, id] }));
  return undefined;
}

export async function cancelJob(id: string): Promise<void> {
  await settle(client().call("platforms.cancel", { id }));
}

/** What follows when a job has ended: its cluster is connected to, and its card is asked again. */
export function takeEnded(job: PlatformJob): void {
  const { connecting } = usePlatform.getState();
  if (job.request.action !== "use") askAgain(cardOf(job.request));
  if (job.context === undefined || !connecting.includes(job.id)) return;
  usePlatform.setState({ connecting: connecting.filter((id) => id !== job.id) });
  // connect() turns every failure into state
  connect(job.context).catch(() => undefined);
}
