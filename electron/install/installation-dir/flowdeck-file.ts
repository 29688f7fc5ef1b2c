import { randomBytes } from "node:crypto";
import { basename, dirname } from "node:path";
import { isScalar, LineCounter, type ParsedNode, parseDocument, stringify, visit } from "yaml";
import { z } from "zod";
import { FlowdeckError, type InstallSettings, installSettings, issueMessage } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";

export const flowdeckFileName = "flowdeck.yaml";

/** A file with a hundred image overrides has some 20 kB. */
export const maxFlowdeckFileBytes = 256 * 1024;

/** What KF_DIR/flowdeck.yaml holds: the settings without BASE_DIR (the folder says where it is), and an id. */
const flowdeckFile = installSettings
  .omit({ baseDir: true })
  .extend({ version: z.literal(1), id: z.string().regex(/^[a-z0-9]{8,64}$/) })
  .strict();

export interface FolderSettings {
  /** Random; the app's data folder keeps this installation's secrets under it. */
  id: string;
  settings: InstallSettings;
}

export function newInstallationId(): string {
  return randomBytes(10).toString("hex");
}

const heading = `# A Kubeflow installation made with Flowdeck. The file and the folder around it can be kept in git.
#
# Passwords and keys are not in here: they are in Flowdeck's data folder on the computer that installs, and under
# rendered/ digests stand in their place.
#
#   release      which release of the catalogue        components  what is installed (with what it needs)
#   contextName  the kubeconfig context it belongs to  email       the user, also the owner of the profile
#   id           connects this folder with its secrets images      from the release's image to the one to use
#   signIn       who can sign in, once that was changed: flowdeck people list
#   kfdef        of a KfDef: where its file came from; the file itself lies beside this one
#
# Change it in Flowdeck, or here and then run the installation again.
`;

export function formatFlowdeckFile({ id, settings }: FolderSettings): string {
  const { version, baseDir: _folder, kfdef, ...rest } = settings;
  // A KfDef's text is KF_DIR's own config file: a second copy here would only go out of date.
  const { text: _text, ...file } = kfdef ?? {};
  const whole = { version, id, ...rest, ...(kfdef ? { kfdef: file } : {}) };
  return `${heading}${stringify(whole, { lineWidth: 0 })}`;
}

/** Throws `settings-invalid` with the file, the line, and what is wrong there. `file` is where the text was. */
export function parseFlowdeckFile(text: string, file: string): FolderSettings {
  const lines = new LineCounter();
  // The package compares each key of a mapping with every other: a file with 30 000 of them took 14 seconds.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const invalid = (line: number, why: Message) =>
    new FlowdeckError("settings-invalid", message("flowdeckFile.invalid", { file, line: String(line), why }), {
      advice: message("flowdeckFile.advice"),
    });
  const [problem] = document.errors;
  if (problem !== undefined)
    throw invalid(
      problem.linePos?.[0].line ?? 1,
      message("flowdeckFile.notYaml", { words: problem.message.split("\n")[0] ?? problem.code }),
    );
  const atOffset = (node: { range?: readonly number[] | null | undefined }) => lines.linePos(node.range?.[0] ?? 0).line;
  visit(document, {
    Alias: (_key, alias) => {
      throw invalid(atOffset(alias), message("flowdeckFile.alias", { name: alias.source }));
    },
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          throw invalid(atOffset(key), message("flowdeckFile.twice", { key: String(key.value) }));
        seen.add(key.value);
      }
    },
  });
  const parsed = flowdeckFile.safeParse(document.toJS(), { reportInput: true });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path ?? [];
    const line = lineOf(document, path, lines);
    const place = path.length === 0 ? message("flowdeckFile.wholeFile") : path.join(".");
    const words = issue === undefined ? message("flowdeckFile.notAsItShould") : issueMessage(issue);
    throw invalid(line, message("flowdeckFile.value", { path: place, words }));
  }
  const { id, ...settings } = parsed.data;
  const folder = dirname(file);
  if (settings.name !== basename(folder))
    throw invalid(
      lineOf(document, ["name"], lines),
      message("flowdeckFile.otherName", { name: settings.name, folder: basename(folder) }),
    );
  return { id, settings: { ...settings, baseDir: dirname(folder) } };
}

/** The line of a value, or of the nearest thing around it that is written down. */
function lineOf(
  document: { getIn: (path: PropertyKey[], keep: boolean) => unknown },
  path: PropertyKey[],
  lines: LineCounter,
) {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as ParsedNode | undefined;
    if (node?.range !== undefined && node.range !== null) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
