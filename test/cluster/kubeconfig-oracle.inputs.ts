const cert = Buffer.from("-----BEGIN CERTIFICATE-----\nTk9ORQ==\n-----END CERTIFICATE-----\n").toString("base64");

/** A kubeconfig with these lines in its cluster, its user and its context. */
export function kubeconfig(cluster = "", user = "", context = ""): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: c
  cluster:
    server: https://one.example
${indented(cluster)}users:
- name: u
  user:
${indented(user) || "    token: abc\n"}contexts:
- name: x
  context:
    cluster: c
    user: u
${indented(context)}current-context: x
`;
}

function indented(lines: string): string {
  return lines === "" ? "" : `${lines.replace(/^(?=.)/gm, "    ")}\n`;
}

const plain = kubeconfig();
const exec = "exec:\n  apiVersion: client.authentication.k8s.io/v1\n  command: login\n  interactiveMode: Never\n";
const insecure = (value: string) => kubeconfig(`insecure-skip-tls-verify: ${value}`);
const utf16le = (text: string) => Buffer.from(text, "utf16le");

/** Kubeconfigs that people write, by what is particular about them. */
export const inputs: Record<string, string | Buffer> = {
  plain,
  "carriage returns": plain.replaceAll("\n", "\r\n"),
  JSON: JSON.stringify({ kind: "Config", contexts: [{ name: "x", context: { cluster: "c", user: "u" } }] }),
  "a mark before UTF-8": `\ufeff${plain}`,
  "UTF-16 LE": Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le(plain)]),
  "UTF-16 BE": Buffer.concat([Buffer.from([0xfe, 0xff]), utf16le(plain).swap16()]),
  "UTF-16 without a mark": utf16le(plain),
  "UTF-32": Buffer.concat([
    Buffer.from([0xff, 0xfe, 0, 0]),
    Buffer.from([...plain].flatMap((c) => [c.charCodeAt(0), 0, 0, 0])),
  ]),
  "Latin-1": Buffer.from(plain.replace("abc", "caf\xe9"), "latin1"),
  "a control character": plain.replace("abc", "a\u0007c"),
  "a document's beginning": `---\n${plain}`,
  "a comment before a document": `# ours\n---\n${plain}`,
  "an end of documents": `${plain}---\n`,
  "a comment behind": `${plain}---\n# nothing\n`,
  "two documents": `${plain}---\n${plain.replaceAll("x", "y")}`,
  "a broken second document": `${plain}---\n{[\n`,
  "dots at the end": `${plain}...\n`,
  "a YAML directive": `%YAML 1.1\n---\n${plain}`,
  "nothing in lists": "kind: Config\nclusters: null\nusers: []\ncontexts:\n",
  "no kind": plain.replace("kind: Config\n", "").replace("apiVersion: v1\n", ""),
  "another kind": plain.replace("kind: Config", "kind: Pod"),
  "another kind in another case": plain.replace("kind: Config", "Kind: Pod"),
  "another version": plain.replace("apiVersion: v1", "apiVersion: v2"),
  "fields in another case": plain.replace("clusters:", "Clusters:").replace("    server:", "    Server:"),
  "unknown fields": kubeconfig("colour: blue", "", "extensions: []\nmood: good"),
  "no current context": plain.replace("current-context: x\n", ""),
  "a list that is a mapping": plain.replace("users:\n- name: u\n  user:\n", "users:\n  user:\n"),
  "an entry that is a text": plain.replace("users:\n", "users:\n- u2\n"),
  "a cluster twice": plain.replace("users:\n", "- name: c\n  cluster: {server: https://two.example}\nusers:\n"),
  "a field twice": kubeconfig("", "token: abc\ntoken: def"),
  "a tab": plain.replace("    server", "\tserver"),
  "an open quote": plain.replace("abc", '"abc'),
  "a number as token": kubeconfig("", "token: 12345"),
  "a quoted number as token": kubeconfig("", 'token: "12345"'),
  "a tagged number as token": kubeconfig("", "token: !!str 12345"),
  "a number with underscores": kubeconfig("", "token: 1_000"),
  "an octal number": kubeconfig("", "token: 0644"),
  "no octal number": kubeconfig("", "token: 0o9"),
  "a hexadecimal number": kubeconfig("", "token: 0x1F"),
  "a binary number": kubeconfig("", "token: 0b11"),
  "a number like a time": kubeconfig("", "token: 12:30:45"),
  "a date": kubeconfig("", "token: 2020-01-02"),
  "a float": kubeconfig("", "token: 1e3"),
  "a lone dot": kubeconfig("", "token: ."),
  infinity: kubeconfig("", "token: .inf"),
  "digits and letters": kubeconfig("", "token: 12e"),
  "a truth value as name": plain.replace("name: x", "name: yes").replace("-context: x", "-context: on"),
  "a number as a context's user": plain.replace("    user: u", "    user: 1"),
  "a number as namespace": kubeconfig("", "", "namespace: 7"),
  "null as namespace": kubeconfig("", "", "namespace: ~"),
  "a list as namespace": kubeconfig("", "", "namespace: [a]"),
  "a merge": kubeconfig("", "token: abc\n<<: {username: u}"),
  "a merge of an alias": plain
    .replace("users:", "base: &b {token: merged}\nusers:")
    .replace("    token: abc", "    <<: *b"),
  "a merge of a list": kubeconfig("", "<<: [{token: a}, {token: b}]"),
  "a merge behind": kubeconfig("", "token: abc\n<<: {token: merged}"),
  "a merge of a text": kubeconfig("", "<<: abc"),
  "an alias": plain.replace("name: u", "name: &n u").replace("    user: u", "    user: *n"),
  "an alias of nothing": plain.replace("    user: u", "    user: *n"),
  "an alias within itself": plain.replace("users:", "base: &b [*b]\nusers:"),
  "insecure: true": insecure("true"),
  "insecure: yes": insecure("yes"),
  "insecure: On": insecure("On"),
  "insecure: y": insecure("y"),
  "insecure: off": insecure("off"),
  "insecure: yEs": insecure("yEs"),
  "insecure: quoted": insecure('"true"'),
  "insecure: 1": insecure("1"),
  "insecure: !!bool yes": insecure("!!bool yes"),
  "insecure: null": insecure("null"),
  "an authority": kubeconfig(`certificate-authority-data: ${cert}`),
  "an authority in lines": kubeconfig(`certificate-authority-data: |\n  ${cert.slice(0, 40)}\n  ${cert.slice(40)}`),
  "an authority folded": kubeconfig(`certificate-authority-data: >\n  ${cert.slice(0, 40)}\n  ${cert.slice(40)}`),
  "an authority in quotes over lines": kubeconfig(
    `certificate-authority-data: "${cert.slice(0, 40)}\\\n  ${cert.slice(40)}"`,
  ),
  "an authority without padding": kubeconfig("certificate-authority-data: QUI"),
  "an empty authority": kubeconfig('certificate-authority-data: ""'),
  "every field of a cluster": kubeconfig("tls-server-name: two\nproxy-url: socks5://p:1\ndisable-compression: yes"),
  "every field of a user": kubeconfig(
    "",
    "token: t\nas: a\nas-uid: b\nas-groups: [c, d]\nas-user-extra: {e: [f]}\nusername: g",
  ),
  "groups that are numbers": kubeconfig("", "as: a\nas-groups: [1]"),
  "a credential program": kubeconfig(
    "",
    `${exec}  args: [a, ""]\n  env: [{name: A, value: b}]\n  provideClusterInfo: yes`,
  ),
  "a program's number": kubeconfig("", `${exec}  args: [1]`),
  "a program's null": kubeconfig("", `${exec}  args:\n  env:`),
  "a program's variable that is a number": kubeconfig("", `${exec}  env: [{name: A, value: 1}]`),
  "a provider": kubeconfig("", "auth-provider: {name: oidc, config: {client-id: a, idp-issuer-url: b}}"),
  "a provider's truth value": kubeconfig("", "auth-provider: {name: oidc, config: {client-id: yes}}"),
};
