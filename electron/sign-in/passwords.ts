import { randomBytes, randomInt } from "node:crypto";
import { hash } from "bcryptjs";
import type { WantedPerson } from "./desired.ts";

/** bcrypt's cost of a password that someone chose: a quarter of a second each. */
const chosenCost = 12;
/** Of a random one, which no one guesses: the least that Dex accepts. */
const generatedCost = 10;

/** Letters and digits that can't be taken for one another when they are read from paper. */
const letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const groups = [5, 5, 5];

/** 15 characters of 55, in groups: 86 bits. */
export function generatePassword(): string {
  return groups
    .map((count) => Array.from({ length: count }, () => letters[randomInt(letters.length)]).join(""))
    .join("-");
}

/** Hashes that are in the list itself move into the Secret, where Dex reads variables. */
export function moveIntoSecret({ people, byKey, generated }: Hashed): Hashed {
  const moved = { ...byKey };
  return {
    byKey: moved,
    generated,
    people: people.map(({ hash: inline, ...person }) => {
      if (inline === undefined) return person;
      const passwordKey = `DEX_PASSWORD_${randomBytes(10).toString("hex").toUpperCase()}`;
      // Dex reads a hash in base64, too.
      moved[passwordKey] = inline.startsWith("$2") ? inline : Buffer.from(inline, "base64").toString();
      return { ...person, passwordKey };
    }),
  };
}

export interface Hashed {
  /** Hashes by the environment variable that Dex reads them from. */
  byKey: Record<string, string>;
  people: Omit<WantedPerson, "password">[];
  generated: { email: string; password: string }[];
}

/** Hashes what is to be hashed, one after the other, so that other work goes on in between. */
export async function hashPasswords(
  wanted: readonly WantedPerson[],
  { signal, onProgress, cost }: { signal: AbortSignal; onProgress: (fraction: number) => void; cost?: number },
): Promise<Hashed> {
  const hashed: Hashed = { byKey: {}, people: [], generated: [] };
  for (const [index, { password, ...person }] of wanted.entries()) {
    if (password === undefined) {
      hashed.people.push(person);
      continue;
    }
    signal.throwIfAborted();
    const isGenerated = password === "";
    const value = isGenerated ? generatePassword() : password;
    const made = await hash(value, cost ?? (isGenerated ? generatedCost : chosenCost));
    if (isGenerated) hashed.generated.push({ email: person.email, password: value });
    if (person.passwordKey !== undefined) hashed.byKey[person.passwordKey] = made;
    hashed.people.push(person.passwordKey === undefined ? { ...person, hash: made } : person);
    onProgress((index + 1) / wanted.length);
  }
  return hashed;
}
