import { saidOf, toAppError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { Desired } from "./desired.ts";
import { tryLogin } from "./first-login.ts";
import type { Hashed } from "./passwords.ts";
import type { Work } from "./work.ts";

const tryMs = 10_000;

/** Signs in once at the gateway with a password that is known now. That it can't be tried is said, and no fault. */
export async function tryFirst(
  { installer, context, kfDir, note, ...work }: Work,
  plan: Desired,
  hashed: Hashed,
): Promise<void> {
  const person = plan.people.find(({ password, disabled }) => password !== undefined && !disabled);
  if (person === undefined) return;
  const { email } = person;
  const generated = hashed.generated.find((one) => one.email === email)?.password;
  const password = generated ?? person.password ?? "";
  if (kfDir === undefined) return note("info", message("people.notTried", { why: message("people.noForward") }));
  // A gateway that is not up yet is no reason to wait: the change works without it.
  const signal = AbortSignal.any([work.signal, AbortSignal.timeout(tryMs)]);
  try {
    const { url } = await installer.openDashboard(kfDir, context, signal);
    const result = await tryLogin(url, { email, password }, signal);
    switch (result.outcome) {
      case "signedIn":
        return note("ok", message("people.triedWell", { email }));
      case "rejected":
        return note("warn", message("people.triedRejected", { email }));
      case "simulated":
        return note("info", message("people.notTried", { why: message("people.practiceGateway") }));
      case "unexpected": {
        const { path, status } = result;
        return note("warn", message("people.triedElse", { email, path, status: String(status) }));
      }
    }
  } catch (error) {
    note("info", message("people.notTried", { why: saidOf(toAppError(error)) }));
  }
}
