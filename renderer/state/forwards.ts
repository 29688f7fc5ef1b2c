import { create } from "zustand";
import type { AppError, Forward, ObjectTarget } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";

interface ForwardsState {
  list: Forward[];
  /** Why the last stop did not work. */
  error: AppError | undefined;
}

export const useForwards = create<ForwardsState>(() => ({ list: [], error: undefined }));

/** Follows the ports that are open; gives the function that stops. */
export function watchForwards(): () => void {
  return client().subscribe(
    "forwards.watch",
    {},
    {
      onItem: (list) => useForwards.setState({ list }),
      onError: (error) => useForwards.setState({ error }),
    },
  );
}

export function startForward(target: ObjectTarget, port: number, localPort: number | undefined) {
  return settle(client().call("forwards.start", { target, port, ...(localPort === undefined ? {} : { localPort }) }));
}

export async function stopForward(id: string): Promise<void> {
  const answer = await settle(client().call("forwards.stop", { id }));
  useForwards.setState({ error: answer.ok ? undefined : answer.error });
}
