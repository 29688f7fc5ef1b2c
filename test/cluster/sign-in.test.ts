import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SignInChange, SignInProgress } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { tryLogin } from "../../electron/sign-in/first-login.ts";
import { serveSignIn } from "../../electron/sign-in/index.ts";
import { signInPrograms } from "../sign-in-programs.ts";
import { type InstallRoom, mirror, openInstallRoom, untilEnded } from "./install-support.ts";
import { SignInWorld } from "./sign-in-world.ts";
import { describeWithCluster } from "./support.ts";

const programs = mirror === undefined ? { missing: "no ../shared/kubeflow here" } : await signInPrograms();
const hasPrograms = !("missing" in programs);
if ("missing" in programs) process.stderr.write(`Sign-in is not tested: ${programs.missing}.\n`);

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
  async function walking(work: (gateway: string) => Promise<void>): Promise<void> {
    if ("missing" in programs) throw new Error(programs.missing);
    const apiVersions: Record<string, string> = { Deployment: "apps/v1" };
    const world = new SignInWorld(programs, (kind, namespace, name) =>
      room.client.get({ apiVersion: apiVersions[kind] ?? "v1", kind, namespace, name }),
    );
    try {
      await work(await world.start());
    } catch (error) {
      process.stderr.write(world.log.slice(-4000));
      throw error;
    } finally {
      await world.stop();
    }
  }
  const login = async (gateway: string, person: { email: string; password: string }) => {
    const result = await tryLogin(gateway, person, signal());
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
    await walking(async (gateway) => {
      expect(await login(gateway, { ...owner, password: "a new one entirely" })).toBe("signedIn");
      expect(await login(gateway, { email: "cy@example.com", password: "another long one" })).toBe("signedIn");
    });
  });
});
