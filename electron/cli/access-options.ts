import { resolve } from "node:path";
import {
  type AccessSettings,
  accessSettings,
  accessWays,
  type GivenCertificate,
  tlsKinds,
  usualNodePort,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { settingsProblems } from "./settings-messages.ts";
import { UsageError } from "./usage-error.ts";

export interface AccessOptions {
  way?: string;
  nodePort?: string;
  host?: string;
  ingressClass?: string;
  gateway?: string;
  tls?: string;
  tlsCert?: string;
  tlsKey?: string;
  acmeEmail?: string;
  acmeServer?: string;
}

/** The options that say how people reach the dashboard. */
export function accessOptions(command: LocalizedCommand): LocalizedCommand {
  const text = (said: Message) => command.text(said);
  return command
    .option("--way <way>", text(message("cliAddress.way", { ways: accessWays.join(", ") })))
    .option("--node-port <port>", text(message("cliAddress.nodePort", { port: String(usualNodePort) })))
    .option("--host <name>", text(message("cliAddress.host")))
    .option("--ingress-class <name>", text(message("cliAddress.ingressClass")))
    .option("--gateway <namespace/name>", text(message("cliAddress.gateway")))
    .option("--tls <kind>", text(message("cliAddress.tls", { kinds: tlsKinds.join(", ") })))
    .option("--tls-cert <file>", text(message("cliAddress.tlsCert")))
    .option("--tls-key <file>", text(message("cliAddress.tlsKey")))
    .option("--acme-email <address>", text(message("cliAddress.acmeEmail")))
    .option("--acme-server <server>", text(message("cliAddress.acmeServer")));
}

/** What the options say; undefined where they say nothing. Throws a {@link UsageError} with every problem. */
export function accessFrom(options: AccessOptions): AccessSettings | undefined {
  const { way, host, ingressClass } = options;
  const names = ["nodePort", "host", "ingressClass", "gateway", "tls", "tlsCert", "tlsKey"] as const;
  if (way === undefined && names.every((name) => options[name] === undefined)) return undefined;
  const [namespace = "", name = ""] = options.gateway?.split("/") ?? [];
  const port = options.nodePort ?? (way === "nodePort" ? String(usualNodePort) : undefined);
  const parsed = accessSettings.safeParse(
    defined({
      way,
      host,
      ingressClass,
      nodePort: port === undefined ? undefined : Number(port),
      gateway: options.gateway === undefined ? undefined : { namespace, name },
      tls: tlsOf(options),
    }),
    { reportInput: true },
  );
  if (parsed.success) return parsed.data;
  throw new UsageError(
    ...settingsProblems(parsed.error.issues.map((issue) => ({ ...issue, path: issue.path.slice(0, 1) }))),
  );
}

function tlsOf({ tls, tlsCert, acmeEmail, acmeServer }: AccessOptions): object | undefined {
  const kind = tls ?? (tlsCert === undefined ? undefined : "given");
  if (kind === undefined) return undefined;
  return kind === "acme" ? defined({ kind, email: acmeEmail, server: acmeServer }) : { kind };
}

/** The files of a given certificate; undefined where the one that is kept stays. */
export function certificateFrom({ tlsCert, tlsKey }: AccessOptions): GivenCertificate | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) throw new UsageError(message("cliAddress.bothFiles"));
  return { certificate: { path: resolve(tlsCert) }, key: { path: resolve(tlsKey) } };
}
