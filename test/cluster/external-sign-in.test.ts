import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oidcSettings } from "../../common/contract/index.ts";
import { at, fields } from "../../common/json/index.ts";
import { textOf } from "../../common/words/index.ts";
import { Catalogue, customise, type Prepared, planningSecrets, prepare } from "../../electron/install/index.ts";
import { checkConnector } from "../../electron/sign-in/check-connector.ts";
import { createTools } from "../../electron/tools/index.ts";
import { signInPrograms } from "../sign-in-programs.ts";
import { assetsDir, failure, settings, sharedMirror } from "../unit/install/support.ts";
import { freePort, SignInWorld } from "./sign-in-world.ts";
import { whyNoCluster } from "./support.ts";
import { WalkingBrowser } from "./walking-browser.ts";

const tools = createTools();
const programs = sharedMirror === undefined ? { missing: "no ../shared/kubeflow here" } : await signInPrograms();
const why = (await whyNoCluster(tools)) ?? ("missing" in programs ? programs.missing : undefined);
if (why !== undefined) process.stderr.write(`Signing in without Dex is not tested: ${why}.\n`);

const person = { login: "ann@school.example", password: "correct horse battery" };

describe.skipIf(why !== undefined)("signing in at a provider elsewhere, without Dex", () => {
  let dataDir: string;
  let prepared: Prepared;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "flowdeck-external-"));
    const release = await new Catalogue(assetsDir).get("26.03.1");
    const components = ["istio", "dex", "oauth2-proxy"];
    const input = { settings: { components }, release, dataDir, assetsDir, mirror: sharedMirror, tools };
    prepared = await prepare(input);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  async function rendered(more: { issuer: string; redirect: string; secret: string }) {
    const oidc = oidcSettings.parse({ issuer: more.issuer, clientId: "kubeflow", redirect: more.redirect });
    const secrets = { ...(await planningSecrets()), oidcClientSecret: more.secret };
    return customise(prepared, settings({ auth: "oidc", oidc }), secrets);
  }

  it("lets people of the provider in, as a browser walks, and no one else", async () => {
    if ("missing" in programs) return;
    const [gatewayPort, providerPort] = [await freePort(), await freePort()];
    const redirect = `http://127.0.0.1:${gatewayPort}/oauth2/callback`;
    const secret = "the provider's secret";
    let objects: Awaited<ReturnType<typeof rendered>>["components"][number]["objects"] = [];
    const world = new SignInWorld(programs, async (kind, namespace, name) =>
      objects.find((one) => one.kind === kind && one.metadata.namespace === namespace && one.metadata.name === name),
    );
    try {
      const issuer = await world.startProvider(providerPort, { id: "kubeflow", secret, redirect });
      objects = (await rendered({ issuer, redirect, secret })).components.flatMap((one) => one.objects);
      const gateway = await world.startWithout(gatewayPort);
      const start = `${gateway}oauth2/start?rd=%2F`;

      const ann = new WalkingBrowser();
      expect(await ann.signIn(start, person)).toMatchObject({ status: 200, body: "dashboard of ann@school.example" });
      expect((await ann.open(gateway)).body).toBe("dashboard of ann@school.example");
      const other = await new WalkingBrowser().signIn(start, { ...person, password: "wrong" });
      expect(other.url.pathname).toMatch(/^\/idp\//);
      expect((await new WalkingBrowser().open(gateway)).body).not.toContain("dashboard");
      // Nothing is let through where Dex would be.
      expect((await new WalkingBrowser().open(`${gateway}api/x`)).status).toBe(401);

      const found = (more: Record<string, string>) => {
        const values = { issuer, clientID: "kubeflow", clientSecret: secret, redirectURI: redirect, ...more };
        const signal = AbortSignal.timeout(20_000);
        return checkConnector({ type: "oidc", id: "oidc", name: "it", values }, { signal }).then((findings) =>
          findings.map(({ tone, said }) => `${tone} ${textOf(said, "en")}`).join("\n"),
        );
      };
      expect(await found({})).not.toMatch(/^(warn|bad)/m);
      expect(await found({ clientSecret: "wrong" })).toMatch(/^bad The provider rejects the secret/m);
      expect(await found({ redirectURI: "https://elsewhere.example/oauth2/callback" })).toMatch(/^bad .* redirect/m);
    } catch (error) {
      process.stderr.write(world.log.slice(-4000));
      throw error;
    } finally {
      await world.stop();
    }
  });

  it("has no Dex, trusts the provider for this client alone, and says so in the plan", async () => {
    const issuer = "https://login.school.example/realms/ml";
    const redirect = "https://kubeflow.school.example/oauth2/callback";
    const result = await rendered({ issuer, redirect, secret: "s3cret" });
    expect(result.components.map(({ id }) => id)).not.toContain("dex");
    const objects = result.components.flatMap((one) => one.objects);
    const own = objects.filter(
      ({ kind, metadata }) => kind !== "CustomResourceDefinition" && metadata.name !== "istio",
    );
    expect(own.filter((one) => /dex\.auth|\/dex\b/.test(JSON.stringify(one))).map(({ kind }) => kind)).toEqual([]);
    const trusted = objects.find(
      ({ kind, metadata }) => kind === "RequestAuthentication" && metadata.name === "dex-jwt",
    );
    expect(at(trusted, "spec", "jwtRules")).toMatchObject([{ issuer, audiences: ["kubeflow"] }]);
    const parameters = objects.find(({ metadata }) => metadata.name.startsWith("oauth2-proxy-parameters"));
    expect(fields(parameters?.data)).toMatchObject({ ALLOW_SELF_SIGNED_ISSUER: "false" });
    expect(result.adjustments.map(({ object, said }) => `${object.kind} ${said.id}`)).toEqual(
      expect.arrayContaining([
        "ConfigMap externalSignIn.config",
        "ConfigMap externalSignIn.verified",
        "RequestAuthentication externalSignIn.trusts",
        "AuthorizationPolicy externalSignIn.closed",
      ]),
    );
    const { oidcClientSecret: _none, ...secrets } = await planningSecrets();
    const oidc = oidcSettings.parse({ issuer, clientId: "kubeflow", redirect });
    await failure("settings-invalid", () => customise(prepared, settings({ auth: "oidc", oidc }), secrets));
    await failure("settings-invalid", () => customise(prepared, settings({ auth: "oidc" }), secrets));
  });
});
