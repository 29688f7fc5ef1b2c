import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SignInChange, SignInProgress } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { checkConnector } from "../../electron/sign-in/check-connector.ts";
import { tryLogin } from "../../electron/sign-in/first-login.ts";
import { serveSdkTokens, serveSignIn } from "../../electron/sign-in/index.ts";
import { signInPrograms } from "../sign-in-programs.ts";
import { ldapAdmin, ldapBase, startSlapd, whyNoSlapd } from "../slapd.ts";
import { type InstallRoom, mirror, openInstallRoom, untilEnded } from "./install-support.ts";
import { freePort, SignInWorld } from "./sign-in-world.ts";
import { describeWithCluster } from "./support.ts";

const programs = mirror === undefined ? { missing: "no ../shared/kubeflow here" } : await signInPrograms();
const hasPrograms = !("missing" in programs);
if ("missing" in programs) process.stderr.write(`Sign-in is not tested: ${programs.missing}.\n`);

const noSlapd = await whyNoSlapd();
if (noSlapd !== undefined) process.stderr.write(`LDAP is not tested: ${noSlapd}.\n`);

/** The least of bcrypt's that Dex accepts. */
const leastCost = 10;
const owner = { email: "user@example.com", password: "correct horse battery" };
const ann = { email: "ann.lee+ml@example.com", password: "a quiet Tuesday: yes" };

await describeWithCluster("signing in", (practice) => {
  let room: InstallRoom;
  const kfDir = () => room.kfDir("people");

  beforeAll(async () => {
    if (!hasPrograms) return;
    room = await openInstallRoom(practice.kubeconfig, practice.tools, { cost: leastCost });
    const components = (await room.installer.resolve("26.03", ["dex", "oauth2-proxy"])).components.map(({ id }) => id);
    await room.install(room.settings("26.03", "people", { components }), { password: owner.password });
    expect(await untilEnded(room, kfDir(), ({ state }) => state === "installed")).toMatchObject({ state: "installed" });
  });
  afterAll(async () => {
    if (hasPrograms) await room.close();
  });

  const methods = () => serveSignIn({ ...room, cost: leastCost }).methods;
  const place = () => ({ context: room.context, kfDir: kfDir() });
  const signal = () => AbortSignal.timeout(100_000);
  const read = () => methods()["signIn.read"](place(), signal());
  const review = (change: SignInChange) => methods()["signIn.review"]({ ...place(), change }, signal());

  async function change(wanted: SignInChange, ending = signal()): Promise<SignInProgress> {
    const { digest, errors } = await review(wanted);
    expect(errors).toEqual([]);
    let last: SignInProgress | undefined;
    for await (last of methods()["signIn.apply"]({ ...place(), change: wanted, digest }, ending)) {
      if (last.state !== "running") return last;
    }
    throw new Error(`It did not end: ${JSON.stringify(last)}`);
  }
  const said = ({ notes }: SignInProgress) => notes.map((note) => textOf(note.said, "en"));

  /** Dex and oauth2-proxy run with what the cluster has now, while `work` signs in. */
  async function walking(work: (gateway: string, dex: string) => Promise<void>): Promise<void> {
    if ("missing" in programs) throw new Error(programs.missing);
    const apiVersions: Record<string, string> = { Deployment: "apps/v1" };
    const world = new SignInWorld(programs, (kind, namespace, name) =>
      room.client.get({ apiVersion: apiVersions[kind] ?? "v1", kind, namespace, name }),
    );
    try {
      const gateway = await world.start();
      await work(gateway, world.dex);
    } catch (error) {
      process.stderr.write(world.log.slice(-4000));
      throw error;
    } finally {
      await world.stop();
    }
  }
  const login = async (gateway: string, person: { email: string; password: string }, connector?: string) => {
    const result = await tryLogin(gateway, person, signal(), connector);
    return result.outcome === "unexpected" ? result : result.outcome;
  };
  const noDrift = async () => {
    const { objects } = await room.installer.drift.find(kfDir(), room.context, signal());
    expect(objects.map(({ object, fields }) => [object.kind, object.name, fields])).toEqual([]);
  };

  it.skipIf(!hasPrograms)("lets the person of the installation in, and no one with another password", async () => {
    expect(await read()).toMatchObject({
      way: "dex",
      recorded: true,
      people: [{ email: owner.email, disabled: false, hasPassword: true }],
      connectors: [],
    });
    await walking(async (gateway) => {
      expect(await login(gateway, owner)).toBe("signedIn");
      expect(await login(gateway, { ...owner, password: "wrong horse" })).toBe("rejected");
      expect(await login(gateway, ann)).toBe("rejected");
    });
  });

  it.skipIf(!hasPrograms)("adds, disables and changes people, in the cluster and in KF_DIR alike", async () => {
    const added = await change({ do: "add", username: "yes", ...ann });
    expect(added).toMatchObject({ state: "done" });
    expect(said(added)).toContain("Recorded in KF_DIR: installing again keeps it.");
    await noDrift();
    const list = "email,name,password\nbo@example.com,보 학생,\ncy@example.com,0123,another long one\n";
    const imported = await change({ do: "import", text: list });
    expect(imported.passwords?.map(({ email }) => email)).toEqual(["bo@example.com"]);
    const bo = imported.passwords?.[0] ?? { email: "", password: "" };
    await change({ do: "disable", emails: ["cy@example.com"] });
    await change({ do: "password", ...owner, password: "a new one entirely" });
    await noDrift();
    await walking(async (gateway) => {
      expect(await login(gateway, ann)).toBe("signedIn");
      expect(await login(gateway, bo)).toBe("signedIn");
      expect(await login(gateway, { email: "cy@example.com", password: "another long one" })).toBe("rejected");
      expect(await login(gateway, owner)).toBe("rejected");
      expect(await login(gateway, { ...owner, password: "a new one entirely" })).toBe("signedIn");
    });
    await change({ do: "enable", emails: ["cy@example.com"] });
    await change({ do: "remove", emails: [ann.email] });
    await walking(async (gateway) => {
      expect(await login(gateway, { email: "cy@example.com", password: "another long one" })).toBe("signedIn");
      expect(await login(gateway, ann)).toBe("rejected");
    });
    expect((await read()).people.map(({ email }) => email)).toEqual(["bo@example.com", "cy@example.com", owner.email]);
  });

  it.skipIf(!hasPrograms)("takes everything back where Dex does not start with it, or it is canceled", async () => {
    const config = { apiVersion: "v1", kind: "ConfigMap", namespace: "auth", name: "dex" };
    const secret = { apiVersion: "v1", kind: "Secret", namespace: "auth", name: "dex-passwords" };
    const data = async () => [(await room.client.get(config))?.data, (await room.client.get(secret))?.data];
    const before = await data();
    const files = await readFile(join(kfDir(), "flowdeck.yaml"), "utf8");
    const person: SignInChange = { do: "add", username: "", email: "di@example.com", password: "long enough" };
    await practice.cluster.setFaults([{ id: "dex", namespace: "auth", workload: "dex", kind: "crash" }]);
    const failed = await change(person);
    expect(failed.problem?.message).toMatch(/^Nothing was changed\. Deployment auth\/dex does not start/);
    expect(failed.problem?.detail).toBeTruthy();
    expect(await data()).toEqual(before);

    await practice.cluster.setFaults([{ id: "dex", namespace: "auth", workload: "dex", kind: "pending" }]);
    const stop = new AbortController();
    const { digest } = await review(person);
    for await (const { step } of methods()["signIn.apply"]({ ...place(), change: person, digest }, stop.signal)) {
      if (step === "restart") stop.abort();
    }
    expect(await data()).toEqual(before);
    expect(await readFile(join(kfDir(), "flowdeck.yaml"), "utf8")).toBe(files);
    await practice.cluster.setFaults([]);
    await noDrift();

    const stale = methods()["signIn.apply"]({ ...place(), change: person, digest: "other" }, signal());
    for await (const { problem } of stale) if (problem) expect(problem.code).toBe("plan-stale");
  });

  it.skipIf(!hasPrograms || noSlapd !== undefined)("lets people of an LDAP server in, once it was tried", async () => {
    const port = await freePort();
    const stop = await startSlapd(port);
    try {
      const values = {
        ...{ host: `127.0.0.1:${port}`, insecureNoSSL: "true", bindDN: ldapAdmin.dn, bindPW: ldapAdmin.password },
        ...{ "userSearch.baseDN": `ou=people,${ldapBase}`, "userSearch.filter": "(objectClass=inetOrgPerson)" },
        ...{ "userSearch.username": "uid", "userSearch.idAttr": "uid", "userSearch.emailAttr": "mail" },
        "userSearch.nameAttr": "cn",
      };
      const eva = { email: "eva", password: "eva's secret word" };
      const connector = (more: Record<string, string> = {}, password = eva.password): SignInChange => ({
        do: "connector",
        draft: { type: "ldap", id: "school", name: "School", values: { ...values, ...more } },
        probe: { login: "eva", password },
      });
      const faults = async (wanted: SignInChange) =>
        (await review(wanted)).errors.map((error) => textOf(error.said, "en"));
      expect(await faults(connector({ bindPW: "wrong" }))).toEqual([
        `The LDAP server rejects ${ldapAdmin.dn} with this password.`,
      ]);
      expect((await faults(connector({ "userSearch.filter": "(objectClass=account)" })))[0]).toMatch(/finds no one/);
      expect((await faults(connector({ "userSearch.filter": "((" })))[0]).toBeTruthy();
      expect(await faults(connector({}, "not hers"))).toEqual(["The LDAP server rejects the password of eva."]);
      expect(await faults(connector({ "userSearch.nameAttr": "a$b" }))).toHaveLength(1);
      const unreachable = await review(connector({ host: "127.0.0.1:1" }));
      expect(unreachable.errors).toEqual([]);
      expect(unreachable.warnings.map((one) => textOf(one, "en")).join()).toMatch(
        /can't be reached from this computer/,
      );
      const tried = await review(connector());
      expect(tried.checks.map((one) => textOf(one, "en"))).toContain("eva can sign in.");
      expect(tried.warnings.map((one) => textOf(one, "en")).join()).toMatch(/1 of those found have no mail/);

      expect(await change(connector())).toMatchObject({ state: "done" });
      await noDrift();
      const { connectors } = await read();
      expect(connectors).toMatchObject([{ id: "school", type: "ldap", draft: { values: { bindDN: ldapAdmin.dn } } }]);
      expect(JSON.stringify(connectors)).not.toContain(ldapAdmin.password);
      expect(await readFile(join(kfDir(), "flowdeck.yaml"), "utf8")).not.toContain(ldapAdmin.password);
      // The secret is kept where it is not given again.
      const [{ draft } = { draft: undefined }] = connectors;
      if (draft)
        expect(await change({ do: "connector", draft: { ...draft, name: "The school" } })).toMatchObject({
          state: "done",
        });
      await walking(async (gateway) => {
        expect(await login(gateway, eva, "school")).toBe("signedIn");
        expect(await login(gateway, { ...eva, password: "no" }, "school")).toBe("rejected");
        expect(await login(gateway, { ...owner, password: "a new one entirely" })).toBe("signedIn");
      });
      expect(await change({ do: "removeConnector", id: "school" })).toMatchObject({ state: "done" });
      expect((await read()).connectors).toEqual([]);
      await noDrift();
    } finally {
      await stop();
    }
  });

  it.skipIf(!hasPrograms)("tries an OpenID Connect provider: its address, the client, and the secret", async () => {
    await walking(async (_gateway, dex) => {
      const ref = { apiVersion: "v1", kind: "Secret", namespace: "auth", name: "dex-oidc-client" };
      const data = (await room.client.get(ref))?.data as Record<string, string>;
      const decoded = (key: string) => Buffer.from(data[key] ?? "", "base64").toString();
      const values = {
        ...{ issuer: dex, clientID: decoded("OIDC_CLIENT_ID"), clientSecret: decoded("OIDC_CLIENT_SECRET") },
        redirectURI: "https://kubeflow.example/dex/callback",
      };
      const found = (more: Record<string, string>) =>
        checkConnector(
          { type: "oidc", id: "other", name: "Other", values: { ...values, ...more } },
          { signal: signal() },
        ).then((findings) => findings.map(({ tone, said: one }) => `${tone} ${textOf(one, "en")}`));
      expect(await found({ redirectURI: "/oauth2/callback" })).toEqual([
        `ok The provider ${dex} answers.`,
        `ok The provider shows its sign-in page to the client ${values.clientID}.`,
        "ok The provider accepts the client secret.",
      ]);
      expect((await found({})).join()).toMatch(/bad The provider rejects the client .* redirect address/);
      expect((await found({ clientSecret: "wrong" })).join()).toMatch(/bad The provider rejects the secret/);
      expect((await found({ clientID: "nobody" })).join()).toMatch(/bad The provider rejects the client nobody/);
      expect((await found({ issuer: `${dex}/` })).join()).toMatch(/bad The provider calls itself/);
      expect((await found({ issuer: dex.replace("/dex", "/else") })).join()).toMatch(/bad .* status 404/);
      expect((await found({ issuer: "http://127.0.0.1:1/dex" })).join()).toMatch(/warn .* can't be reached/);
    });
  });

  it.skipIf(!hasPrograms)(
    "asks for a token that Pipelines takes, and leaves it in a file for its owner only",
    async () => {
      const { methods: tokens } = serveSdkTokens({ ...room, dataDir: room.folder });
      const create = (profile: string, hours = 8) =>
        tokens["sdkToken.create"]({ ...place(), profile, hours }, signal());
      const apply = (kind: string, name: string, namespace?: string) =>
        room.client.apply(
          { apiVersion: "v1", kind, metadata: { name, ...(namespace ? { namespace } : {}) } },
          { fieldManager: "test" },
        );
      await apply("Namespace", "team-ann");
      await expect(create("team-ann")).rejects.toMatchObject({ code: "not-found" });
      await expect(create("../kubeflow")).rejects.toMatchObject({ code: "invalid-input" });
      await apply("ServiceAccount", "default-editor", "team-ann");
      const made = await create("team-ann");
      expect(made.account).toBe("system:serviceaccount:team-ann:default-editor");
      expect(Math.abs(Date.parse(made.expires) - Date.now() - 8 * 3_600_000)).toBeLessThan(60_000);
      expect((await stat(made.file)).mode & 0o777).toBe(0o600);
      const token = await readFile(made.file, "utf8");
      expect(JSON.stringify(made)).not.toContain(token);
      // No m2m overlay here: Pipelines is reached by itself.
      expect(made.snippet.join("\n")).toContain('kfp.Client(host="http://localhost:8888", existing_token=token)');
      const review = await room.client.raw("/apis/authentication.k8s.io/v1/tokenreviews", {
        method: "POST",
        contentType: "application/json",
        body: JSON.stringify({
          apiVersion: "authentication.k8s.io/v1",
          kind: "TokenReview",
          // What Pipelines asks the API server for.
          spec: { token, audiences: ["pipelines.kubeflow.org"] },
        }),
      });
      expect(JSON.parse(review)).toMatchObject({
        status: { authenticated: true, user: { username: made.account } },
      });
      const before = await readdir(dirname(made.file));
      await create("team-ann", 1);
      expect(await readdir(dirname(made.file))).toEqual(before);
    },
  );

  it.skipIf(!hasPrograms)("rotates the secrets on both sides, and installing again keeps everyone", async () => {
    const secret = async () => {
      const ref = { apiVersion: "v1", kind: "Secret", namespace: "auth", name: "dex-oidc-client" };
      return JSON.stringify((await room.client.get(ref))?.data);
    };
    const before = await secret();
    expect(await change({ do: "rotate", what: "client" })).toMatchObject({ state: "done" });
    expect(await change({ do: "rotate", what: "cookie" })).toMatchObject({ state: "done" });
    expect(await secret()).not.toBe(before);
    await noDrift();
    const generation = async () => {
      const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "auth", name: "dex" };
      return (await room.client.get(ref))?.metadata.generation;
    };
    const restarts = await generation();
    const components = (await room.installer.resolve("26.03", ["dex", "oauth2-proxy"])).components.map(({ id }) => id);
    await room.install(room.settings("26.03", "people", { components }));
    await untilEnded(room, kfDir());
    expect(await generation()).toBe(restarts);
    await noDrift();
    const open = room.plan(room.settings("26.03", "people", { components, auth: "standard" }));
    await expect(open).rejects.toMatchObject({ code: "not-allowed" });
    await walking(async (gateway) => {
      expect(await login(gateway, { ...owner, password: "a new one entirely" })).toBe("signedIn");
      expect(await login(gateway, { email: "cy@example.com", password: "another long one" })).toBe("signedIn");
    });
  });
});
