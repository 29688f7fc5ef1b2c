import { randomBytes } from "node:crypto";
import {
  type ConnectorDraft,
  connectorFields,
  connectorOf,
  connectorProblems,
  connectorTitles,
  connectorVariable,
  draftOf,
  mostPeople,
  type RecordedConnector,
  type SignInChange,
  type SignInReview,
} from "../../common/contract/index.ts";
import { defined, fields } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { type DexPerson, sameAddress } from "../install/index.ts";
import { addressFault, type Fault, nameFault, passwordFault } from "./checked.ts";
import type { DexInCluster } from "./dex-in-cluster.ts";
import { readPeopleList } from "./people-list.ts";

/** Someone as they are wanted. */
export interface WantedPerson extends DexPerson {
  disabled: boolean;
  /** To be hashed; `""` is one to be generated. */
  password?: string;
}

/** What a change leads to, and what there is to say about it. */
export interface Desired extends Pick<SignInReview, "changes" | "warnings" | "errors"> {
  people: WantedPerson[];
  rotate?: "cookie" | "client";
  /** A connector that is added or replaced, with its new secrets by variable; or the id of one that goes. */
  connector?: { put: RecordedConnector; secrets: Record<string, string> } | { remove: string };
}

type Now = Pick<DexInCluster, "config" | "disabled" | "passwords">;

/** What a change makes of the people that there are. Pure, but for the random ids of new people. */
export function desired(now: Now, change: SignInChange): Desired {
  const plan = new Plan(now);
  switch (change.do) {
    case "add":
      plan.add({ ...change, email: change.email.trim(), username: change.username.trim() });
      break;
    case "import": {
      const list = readPeopleList(change.text);
      for (const { line, said } of list.errors) plan.errors.push({ line, said });
      for (const person of list.people) plan.take(person);
      break;
    }
    case "password":
      plan.changePassword(change.email, change.password);
      break;
    case "disable":
    case "enable":
      for (const email of change.emails) plan.setDisabled(email, change.do === "disable");
      break;
    case "remove":
      for (const email of change.emails) plan.remove(email);
      break;
    case "connector":
      plan.putConnector(change.draft);
      break;
    case "removeConnector":
      plan.removeConnector(change.id);
      break;
    case "rotate":
      plan.rotate = change.what;
      plan.changes.push(message(change.what === "cookie" ? "people.newCookie" : "people.newClient"));
      plan.warnings.push(message(change.what === "cookie" ? "people.cookieEnds" : "people.clientEnds"));
      break;
  }
  plan.refuseEmpty();
  const { changes, warnings, errors, people, rotate, connector } = plan;
  return { people, changes, warnings, errors, ...defined({ rotate, connector }) };
}

class Plan {
  people: WantedPerson[];
  readonly changes: Message[] = [];
  readonly warnings: Message[] = [];
  readonly errors: Desired["errors"] = [];
  rotate: "cookie" | "client" | undefined;
  connector: Desired["connector"];
  #hasConnectors: boolean;
  readonly #connectors: readonly RecordedConnector[];
  /** Names of the variables that Dex has. */
  readonly #variables: ReadonlySet<string>;
  readonly #inVariables: boolean;
  readonly #couldSignIn: boolean;

  constructor({ config, disabled, passwords }: Now) {
    const on = config.people.map((person) => ({ ...person, disabled: false }));
    // Someone who is in both lists can sign in.
    const off = disabled.filter(({ email }) => !on.some((person) => sameAddress(person.email, email)));
    this.people = [...on, ...off.map((person) => ({ ...person, disabled: true }))];
    this.#connectors = config.connectors;
    this.#hasConnectors = this.#connectors.length > 0;
    this.#variables = new Set(Object.keys(fields(passwords?.data)));
    this.#inVariables = passwords !== undefined;
    this.#couldSignIn = on.length > 0;
  }

  add({ email, username, password }: { email: string; username: string; password: string }): void {
    if (this.#refuse(undefined, addressFault(email), nameFault(username), passwordFault(password))) return;
    const there = this.#find(email);
    if (there) this.#fault(message("people.exists", { email: there.email }));
    else this.#append({ email, username, password });
  }

  /** A row of a list: someone new, or another password of someone who is there. */
  take({
    line,
    email,
    username,
    password,
  }: {
    line: number;
    email: string;
    username: string;
    password?: string;
  }): void {
    const there = this.#find(email);
    if (there === undefined) {
      this.#append({ email, username, password: password ?? "" }, line);
      return;
    }
    const renamed = username !== "" && username !== there.username;
    if (renamed) this.changes.push(message("people.renames", { email: there.email, name: username }));
    if (password !== undefined) this.changes.push(message("people.changesPassword", { email: there.email }));
    if (renamed || password !== undefined) {
      this.#replace(there, { ...(renamed ? { username } : {}), ...(password === undefined ? {} : { password }) });
    }
  }

  changePassword(email: string, password: string): void {
    if (this.#refuse(undefined, passwordFault(password))) return;
    const there = this.#existing(email);
    if (there === undefined) return;
    this.#replace(there, { password });
    this.changes.push(message("people.changesPassword", { email: there.email }));
    this.warnings.push(message("people.sessionsStay"));
    if (there.disabled) this.warnings.push(message("people.staysDisabled", { email: there.email }));
  }

  setDisabled(email: string, disabled: boolean): void {
    const there = this.#existing(email);
    if (there === undefined || there.disabled === disabled) return;
    this.people = [...this.people.filter((person) => person !== there), { ...there, disabled }];
    this.changes.push(message(disabled ? "people.disables" : "people.enables", { email: there.email }));
    if (disabled) this.#warnOfSessions();
  }

  remove(email: string): void {
    const there = this.#existing(email);
    if (there === undefined) return;
    this.people = this.people.filter((person) => person !== there);
    this.changes.push(message("people.removes", { email: there.email }));
    this.#warnOfSessions();
    const profile = message("people.profileStays");
    if (!this.warnings.some(({ id }) => id === profile.id)) this.warnings.push(profile);
  }

  putConnector(draft: ConnectorDraft): void {
    const before = this.#connectors.find(({ id }) => id === draft.id);
    const made = connectorOf(draft);
    const secrets = connectorFields[draft.type].filter(({ kind }) => kind === "secret");
    const areKept = secrets.every(({ path }) => this.#variables.has(connectorVariable(draft.id, path)));
    for (const [path, problem] of Object.entries(connectorProblems(draft, before !== undefined && areKept))) {
      this.#fault(message("people.fieldWrong", { field: path, why: message(`connectorProblem.${problem}`) }));
    }
    if (before !== undefined && draftOf(before) === undefined)
      this.#fault(message("people.connectorTaken", { id: draft.id }));
    this.connector = { put: made.connector, secrets: made.secrets };
    const said = before === undefined ? "people.addsConnector" : "people.changesConnector";
    this.changes.push(message(said, { name: draft.name, type: connectorTitles[draft.type] }));
  }

  removeConnector(id: string): void {
    const there = this.#connectors.find((one) => one.id === id);
    if (there === undefined) {
      this.#fault(message("people.noConnector", { id }));
      return;
    }
    this.connector = { remove: id };
    this.#hasConnectors = this.#connectors.length > 1;
    this.changes.push(message("people.removesConnector", { name: there.name === "" ? id : there.name }));
    this.#warnOfSessions();
    if (!this.#hasConnectors && this.people.every(({ disabled }) => disabled)) this.#fault(message("people.lastOne"));
  }

  /** Where no one was in the list before, that is how people sign in there. */
  refuseEmpty(): void {
    if (this.people.length > mostPeople) this.#fault(message("people.tooMany", { most: mostPeople }));
    if (this.errors.length > 0 || this.#hasConnectors || !this.#couldSignIn) return;
    if (this.people.every(({ disabled }) => disabled)) this.#fault(message("people.lastOne"));
  }

  #append({ email, username, password }: { email: string; username: string; password: string }, line?: number): void {
    if (this.#refuse(line)) return;
    const id = randomBytes(10).toString("hex");
    const where = this.#inVariables ? { passwordKey: `DEX_PASSWORD_${id.toUpperCase()}` } : { hash: "" };
    const name = username === "" ? (email.split("@")[0] ?? email) : username;
    this.people.push({ email, username: name, userId: id, ...where, disabled: false, password });
    this.changes.push(message(password === "" ? "people.addsGenerated" : "people.adds", { email, name }));
  }

  #warnOfSessions(): void {
    const said = message("people.sessionsStay");
    if (!this.warnings.some(({ id }) => id === said.id)) this.warnings.push(said);
  }

  #replace(there: WantedPerson, change: Partial<WantedPerson>): void {
    this.people = this.people.map((person) => (person === there ? { ...person, ...change } : person));
  }

  #find(email: string): WantedPerson | undefined {
    return this.people.find((person) => sameAddress(person.email, email));
  }

  #existing(email: string): WantedPerson | undefined {
    const there = this.#find(email);
    if (there === undefined) this.#fault(message("people.missing", { email }));
    return there;
  }

  #refuse(line: number | undefined, ...faults: (Fault | undefined)[]): boolean {
    const found = faults.filter((fault) => fault !== undefined);
    for (const { said } of found) this.#fault(said, line);
    return found.length > 0;
  }

  #fault(said: Message, line?: number): void {
    this.errors.push({ said, ...(line === undefined ? {} : { line }) });
  }
}
