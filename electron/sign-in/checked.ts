import { issueMessage, password } from "../../common/contract/index.ts";
import { userProblem } from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";

/** What is wrong with something entered, and what to enter instead. */
export interface Fault {
  said: Message;
  advice?: Message;
}

/** An address that Dex, oauth2-proxy and a profile's owner all take. */
export function addressFault(email: string): Fault | undefined {
  const problem = userProblem(email);
  if (problem === undefined) return undefined;
  const advice = message("profile.userWay");
  return problem === "empty"
    ? { said: message("profile.userEmpty"), advice }
    : { said: message("profile.userNotAddress", { user: email }), advice };
}

const mostCharacters = 100;

/** Dex writes the name into its pages and tokens: text of one line. */
export function nameFault(name: string): Fault | undefined {
  if (name.length > mostCharacters) return { said: message("people.nameLong", { most: mostCharacters }) };
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)) return { said: message("people.nameCharacters") };
  return undefined;
}

export function passwordFault(given: string): Fault | undefined {
  const parsed = password.safeParse(given);
  const [issue] = parsed.error?.issues ?? [];
  return issue === undefined ? undefined : { said: issueMessage(issue) };
}
