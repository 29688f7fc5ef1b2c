import { readFile } from "node:fs/promises";
import { text as textIn } from "node:stream/consumers";
import { parse } from "yaml";
import {
  type ConnectorDraft,
  connectorDraft,
  connectorFields,
  FlowdeckError,
  issueMessage,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/cli.ts";
import { UsageError } from "./usage-error.ts";

/** @throws FlowdeckError `not-found` for a file that can't be read. */
export async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new FlowdeckError("not-found", message("cliProfiles.unreadable", { file }), { cause });
  }
}

/** A connector's type, id, name and values by path; the secret, if not in the file, from standard input. */
export async function readConnector(file: string, fromInput: boolean): Promise<ConnectorDraft> {
  const written: unknown = parse((await readWhole(file)).toString("utf8"), { maxAliasCount: 0 });
  const parsed = connectorDraft.safeParse(written, { reportInput: true });
  const [issue] = parsed.error?.issues ?? [];
  if (!parsed.success) {
    const why = issue === undefined ? "" : issueMessage(issue);
    throw new UsageError(message("people.fieldWrong", { field: issue?.path.join(".") || file, why }));
  }
  const draft = parsed.data;
  const secret = connectorFields[draft.type].find(({ kind }) => kind === "secret");
  if (!fromInput || secret === undefined) return draft;
  const value = (await textIn(process.stdin)).replace(/\r?\n$/, "");
  return { ...draft, values: { ...draft.values, [secret.path]: value } };
}
