import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a stand-in answers to the first of these whose words its arguments contain, in this order. */
export interface Answer {
  /** Words of the command line, one after the other. */
  when: string;
  out?: string;
  err?: string;
  code?: number;
  /** Before it answers. */
  waitMs?: number;
  /** Writes this into the file that the option (or `$VARIABLE`) names. */
  writes?: { option: string; text: string };
}

/** One run of a stand-in. */
export interface Call {
  args: string[];
  env: Record<string, string>;
}

/**
 * Puts a program into `folder` that stands in for the real tool of that name, which can't run in a test: it notes its
 * arguments and answers what it was given, in the real tool's own format.
 */
export async function standIn(folder: string, name: string, answers: readonly Answer[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const script = `#!${process.execPath}
// stands in for ${name}
const { appendFileSync, writeFileSync } = require("node:fs");
const answers = ${JSON.stringify(answers)};
const args = process.argv.slice(2);
const { KUBECONFIG, KIND_EXPERIMENTAL_PROVIDER } = process.env;
appendFileSync(__filename + ".calls", JSON.stringify({ args, env: { KUBECONFIG, KIND_EXPERIMENTAL_PROVIDER } }) + "\\n");
const line = args.join(" ");
const answer = answers.find(({ when }) => line.includes(when));
setTimeout(() => {
  if (answer === undefined) { process.stderr.write("the stand-in has no answer for: " + line + "\\n"); process.exit(64); }
  if (answer.writes) {
    const { option, text } = answer.writes;
    const file = option.startsWith("$") ? process.env[option.slice(1)] : args[args.indexOf(option) + 1];
    writeFileSync(file, text);
  }
  process.stdout.write(answer.out ?? "");
  process.stderr.write(answer.err ?? "");
  process.exitCode = answer.code ?? 0;
}, answer?.waitMs ?? 0);
`;
  const file = join(folder, name);
  await writeFile(file, script);
  await chmod(file, 0o755);
}

export async function callsOf(folder: string, name: string): Promise<Call[]> {
  const text = await readFile(join(folder, `${name}.calls`), "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Call => JSON.parse(line));
}

/** What a tool writes as a kubeconfig: one context on the loopback, current. */
export function kubeconfigText(name: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: ${name}
  cluster: { server: "https://127.0.0.1:1" }
users:
- name: ${name}
  user: { token: test }
contexts:
- name: ${name}
  context: { cluster: ${name}, user: ${name} }
current-context: ${name}
`;
}
