import { draftOf, type SignInState } from "../../common/contract/index.ts";
import { defined, own } from "../../common/json/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import type { DexPerson } from "../install/index.ts";
import { readDex, refs, valuesOf } from "./dex-in-cluster.ts";

/** Who can sign in, as the cluster has it. */
export async function readState(
  client: Pick<ClusterClient, "get">,
  recorded: boolean,
  signal?: AbortSignal,
): Promise<SignInState> {
  const { namespace, name } = refs.config;
  const source = { namespace, name };
  const dex = await readDex(client, signal);
  if (dex === undefined) return { way: "none", people: [], connectors: [], recorded, source };
  const hashes = valuesOf(dex.passwords);
  const person = ({ email, username, passwordKey, hash }: DexPerson, disabled: boolean) => ({
    ...{ email, username, disabled },
    hasPassword: (hash ?? own(hashes, passwordKey ?? "") ?? "") !== "",
  });
  return {
    way: "dex",
    people: [
      ...dex.config.people.map((one) => person(one, false)),
      ...dex.disabled.map((one) => person(one, true)),
    ].toSorted((one, other) => one.email.localeCompare(other.email)),
    connectors: dex.config.connectors.map((one) => {
      const { id, type, name } = one;
      return { id, type, name, ...defined({ draft: draftOf(one) }) };
    }),
    recorded,
    source,
  };
}
