import type { AppError, CloudView, PlatformAction, PlatformJob } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";
import { connect } from "../../../state/cluster.ts";
import { openDockTab, showDockTab, useDock } from "../../../state/dock.ts";
import { askAgain, type CardId, usePlatform } from "./state.ts";

/** The card behind which a platform is. */
export function cardOf({ platform }: Pick<PlatformAction, "platform">): CardId {
  return platform === "eks" || platform === "gke" || platform === "aks" ? platform : "computer";
}

/** As wide as most tools draw; a tab that shows it says how large it is. */
const size = { cols: 100, rows: 30 };

/** Runs what was shown, in a terminal; gives why it could not begin. What becomes of it is in the list of jobs. */
export async function runAction(
  request: PlatformAction,
  digest: string,
  { title, confirm }: { title: string; confirm?: string },
): Promise<AppError | undefined> {
  const input = { request, digest, terminal: size, ...(confirm === undefined ? {} : { confirm }) };
  const answer = await settle(client().call("platforms.run", input));
  if (!answer.ok) return answer.error;
  const { id, terminal } = answer.value;
  if (terminal !== undefined) openDockTab({ kind: "terminal", session: terminal }, title);
  if (request.action === "use" || request.action === "create" || request.action === "sign-in")
    usePlatform.setState(({ connecting }) => ({ connecting: [...connecting, id] }));
  return undefined;
}

/** Brings the tab with an action's terminal to the front. */
export function showTerminal(session: string, title: string): void {
  const tab = useDock.getState().tabs.find((one) => one.kind === "terminal" && one.session === session);
  if (tab === undefined) openDockTab({ kind: "terminal", session }, title);
  else showDockTab(tab.id);
}

/** Signs in with the one command that a cloud's view names. */
export async function signIn(
  cloud: CloudView,
  account: string | undefined,
  title: string,
): Promise<AppError | undefined> {
  const { platform, expired = false } = cloud;
  const tool = { eks: "aws", gke: "gcloud", aks: "az" } as const;
  const request: PlatformAction = {
    ...{ action: "sign-in", platform, name: tool[platform], expired },
    ...(account === undefined ? {} : { account }),
  };
  const prepared = await settle(client().call("platforms.prepare", request));
  return prepared.ok ? await runAction(request, prepared.value.digest, { title }) : prepared.error;
}

export async function cancelJob(id: string): Promise<void> {
  await settle(client().call("platforms.cancel", { id }));
}

/** What follows when a job has ended: its cluster is connected to, and its card is asked again. */
export function takeEnded(job: PlatformJob): void {
  const { connecting } = usePlatform.getState();
  if (job.request.action !== "use") askAgain(cardOf(job.request));
  if (!connecting.includes(job.id)) return;
  usePlatform.setState({ connecting: connecting.filter((id) => id !== job.id) });
  if (job.context === undefined) return;
  // connect() turns every failure into state
  connect(job.context).catch(() => undefined);
}
