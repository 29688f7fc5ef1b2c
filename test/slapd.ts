import { type ChildProcess, execFile, spawn } from "node:child_process";
import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const program = "/usr/sbin/slapd";

export const ldapBase = "dc=school,dc=example";
export const ldapAdmin = { dn: `cn=admin,${ldapBase}`, password: "an admin's word" };

const schema = (name: string) => `include /etc/ldap/schema/${name}.schema`;
const config = (folder: string) => `${["core", "cosine", "inetorgperson"].map(schema).join("\n")}
pidfile ${folder}/slapd.pid
database ldif
suffix "${ldapBase}"
directory ${folder}/data
rootdn "${ldapAdmin.dn}"
rootpw "${ldapAdmin.password}"
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${ldapAdmin.dn}" read by * none
`;
const person = (uid: string, mail: string | undefined, password: string) => `
dn: uid=${uid},ou=people,${ldapBase}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: ${uid}
${mail === undefined ? "" : `mail: ${mail}\n`}userPassword: ${password}
`;
const entries = `dn: ${ldapBase}
objectClass: dcObject
objectClass: organization
o: School
dc: school

dn: ou=people,${ldapBase}
objectClass: organizationalUnit
ou: people
${person("eva", "eva@school.example", "eva's secret word")}${person("no-mail", undefined, "another word")}`;

/** Why there can be no LDAP server here, or undefined. Debian has it in the package slapd. */
export async function whyNoSlapd(): Promise<string | undefined> {
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (!isThere && process.env.CI === "true") {
    await run("apt-get", ["update", "-qq"]).catch(() => undefined);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "slapd"], { env }).catch(() => undefined);
    return await access(program).then(
      () => undefined,
      () => "slapd can't be installed",
    );
  }
  return isThere ? undefined : "slapd is not installed";
}

/** An LDAP server with two people, on a port of this computer. */
export async function startSlapd(port: number): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "flowdeck-slapd-"));
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "slapd.conf"), config(folder));
  await writeFile(join(folder, "entries.ldif"), entries);
  await run("/usr/sbin/slapadd", ["-f", join(folder, "slapd.conf"), "-l", join(folder, "entries.ldif")]);
  const child = spawn(program, ["-d", "0", "-h", `ldap://127.0.0.1:${port}`, "-f", join(folder, "slapd.conf")], {
    stdio: "ignore",
  });
  const stop = async () => {
    const ended = new Promise((done) => child.once("exit", done));
    if (child.exitCode === null && child.kill()) await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answers(port, child);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + 20_000; ; await new Promise((done) => setTimeout(done, 50))) {
    const isUp = await new Promise<boolean>((done) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => done(true)).once("error", () => done(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isUp) return;
    if (child.exitCode !== null || Date.now() > until) throw new Error("slapd does not start.");
  }
}
