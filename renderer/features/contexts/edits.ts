import type {
  AppError,
  BrowsePreferences,
  ContextEntry,
  ContextId,
  ContextOptionsChange,
  Impersonation,
} from "../../../common/contract/index.ts";
import { setPreferences, useApp } from "../../state/app.ts";
import { client, settle } from "../../state/client.ts";
import { connect, forgetSeen, useCluster } from "../../state/cluster.ts";
import { closeCluster, moveOpenCluster } from "../../state/open-clusters.ts";

/** What went wrong, if anything. */
type Outcome = Promise<AppError | undefined>;

/** Changes what Flowdeck keeps about a context. What is known of its cluster may be otherwise then: it is asked again. */
export async function setContextOptions(id: ContextId, change: ContextOptionsChange): Outcome {
  const answer = await settle(client().call("contexts.setOptions", { context: id, change }));
  if (!answer.ok) return answer.error;
  useCluster.setState(({ list }) =>
    list === undefined
      ? {}
      : {
          list: {
            ...list,
            contexts: list.contexts.map((one) => (one.id === id ? { ...one, options: answer.value } : one)),
          },
        },
  );
  if (change.readOnly !== undefined && useCluster.getState().chosen === id) void connect(id);
  return undefined;
}

/** Makes requests as somebody else, or as the kubeconfig says again. What was open as the former one has ended. */
export async function actAs(id: ContextId, impersonate: Impersonation | null): Outcome {
  const error = await setContextOptions(id, { impersonate });
  if (error) return error;
  await readContexts();
  forgetSeen(id);
  if (useCluster.getState().chosen === id) void connect(id);
  return undefined;
}

export async function renameContext(context: ContextEntry, name: string): Promise<AppError | { backups: string[] }> {
  const answer = await settle(client().call("contexts.rename", { context: context.id, name }));
  if (!answer.ok) return answer.error;
  // The new entry is there before anything points to it.
  await readContexts();
  moveFavourites(context.id, answer.value.context);
  moveOpenCluster(context.id, answer.value.context);
  return answer.value;
}

export async function removeContext(context: ContextEntry): Promise<AppError | { backups: string[] }> {
  const answer = await settle(client().call("contexts.remove", { context: context.id }));
  if (!answer.ok) return answer.error;
  closeCluster(context.id);
  await readContexts();
  return answer.value;
}

export async function makeCurrent(context: ContextEntry): Promise<AppError | { backups: string[] }> {
  const answer = await settle(client().call("contexts.setCurrent", { context: context.id }));
  if (!answer.ok) return answer.error;
  await readContexts();
  return answer.value;
}

/** The watch tells it too, a moment later. */
async function readContexts(): Promise<void> {
  const answer = await settle(client().call("contexts.list", {}));
  if (answer.ok) useCluster.setState({ list: answer.value });
}

function moveFavourites(from: ContextId, to: ContextId): void {
  const browse: BrowsePreferences | undefined = useApp.getState().preferences.browse;
  const { [from]: moved, ...others } = browse?.favouriteNamespaces ?? {};
  if (browse === undefined || moved === undefined) return;
  void setPreferences({ browse: { ...browse, favouriteNamespaces: { ...others, [to]: moved } } });
}
