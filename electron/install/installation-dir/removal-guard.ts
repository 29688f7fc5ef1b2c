import { resolve } from "node:path";
import { FlowdeckError, fixOf } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { JournalState } from "./journal-entries.ts";

/** What was confirmed by whoever asked for a removal. */
export interface RemovalChoice {
  /** Also users' data. */
  data: boolean;
}

/**
 * A journal can come with a folder from somebody else: that it speaks of a removal removes nothing. What would go is said
 * until the same is asked for. @throws FlowdeckError `not-allowed`.
 */
export function refuseUnaskedRemoval(kfDir: string, state: JournalState, choice: RemovalChoice | undefined): void {
  const { run, objects } = state;
  if (run?.activity !== "uninstall") return;
  const data = run.data ?? false;
  if (choice !== undefined && (choice.data || !data)) return;
  const what = { folder: resolve(kfDir), count: objects.size, release: run.title };
  throw new FlowdeckError(
    "not-allowed",
    message(data ? "installation.continueRemovalData" : "installation.continueRemoval", what),
    {
      advice: message("installation.continueRemovalAdvice", {
        context: run.contextName,
        flags: data ? "--yes --data" : "--yes",
      }),
      fix: fixOf("confirm-removal", message("fix.uninstall")),
    },
  );
}

/**
 * The id in flowdeck.yaml says which objects of a cluster are an installation's, so another one's id there would remove
 * that one. This computer's own list vouches for it, or whoever asks names it.
 * @throws FlowdeckError `not-allowed` when neither does.
 */
export function refuseUnknownId(
  kfDir: string,
  id: string | undefined,
  { known, confirmed }: { known: string | undefined; confirmed: string | undefined },
): void {
  if (id === undefined || id === known || id === confirmed) return;
  throw new FlowdeckError("not-allowed", message("installation.notFromHere", { folder: resolve(kfDir) }), {
    advice: message("installation.notFromHereAdvice", { id }),
    fix: fixOf("confirm-installation", message("fix.removeOther"), { installation: id }),
  });
}

/**
 * Installing with an id makes this computer vouch for it, so it must not be another folder's.
 * @throws FlowdeckError `settings-invalid` naming the other folder.
 */
export function refuseIdOfAnother(kfDir: string, id: string | undefined, other: string | undefined): void {
  if (id === undefined || other === undefined) return;
  throw new FlowdeckError("settings-invalid", message("installation.idOfAnother", { folder: resolve(kfDir) }), {
    advice: message("installation.idOfAnotherAdvice", { other }),
  });
}
