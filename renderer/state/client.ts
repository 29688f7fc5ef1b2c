import { type AppError, toAppError } from "../../common/contract/index.ts";
import type { Client } from "./api/client.ts";

let provided: Client | undefined;

/** Gives the stores the backend they talk to; called once before the first view, and by tests with a double. */
export function provideClient(client: Client): void {
  provided = client;
}

export function client(): Client {
  if (provided === undefined) throw new Error("No client was provided.");
  return provided;
}

/** Waits for a call whose failure becomes state: the value, or the error in the shape that views show. */
export async function settle<T>(work: Promise<T>): Promise<{ ok: true; value: T } | { ok: false; error: AppError }> {
  try {
    return { ok: true, value: await work };
  } catch (thrown) {
    return { ok: false, error: toAppError(thrown) };
  }
}
