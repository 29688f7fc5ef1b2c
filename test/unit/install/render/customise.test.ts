import { compareSync } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { textOf } from "../../../../common/words/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { redact } from "../../../../electron/install/installation-dir/redact.ts";
import { generateSecrets, planningSecrets } from "../../../../electron/install/installation-dir/secrets.ts";
import { Catalogue } from "../../../../electron/install/release/catalogue.ts";
import { customise } from "../../../../electron/install/render/customise.ts";
import { dropFrom, dropNamespaces } from "../../../../electron/install/render/drop.ts";
import { configHashAnnotation } from "../../../../electron/install/render/edit.ts";
import { overriddenImage, overrideImages, unusedOverrides } from "../../../../electron/install/render/images.ts";
import type { Prepared } from "../../../../electron/install/render/prepare.ts";
import { assetsDir, failure, object, settings } from "../support.ts";

const release = await new Catalogue(assetsDir).get("26.03");
const base64 = (text: string) => Buffer.from(text).toString("base64");
const workload = (name: string, namespace: string, container: object = {}) =>
  object(
    "Deployment",
    name,
    { spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [container] } } } },
    namespace,
  );

/** The places of 26.03 that settings go to, and nothing else. */
function prepared(change: (objects: Record<string, KubeObject[]>) => void = () => {}): Prepared {
  const dexConfig = [
    "issuer: http://dex.auth.svc.cluster.local:5556/dex",
    "staticPasswords:",
    "- email: user@example.com",
    "  hashFromEnv: DEX_USER_PASSWORD",
    "# a comment that stays",
    "staticClients: []",
  ].join("\n");
  const key = { valueFrom: { secretKeyRef: { key: "client-secret", name: "oauth2-proxy-h675gf55ht" } } };
  const objects: Record<string, KubeObject[]> = {
    dex: [
      object("ConfigMap", "dex", { data: { "config.yaml": dexConfig } }, "auth"),
      object(
        "Secret",
        "dex-oidc-client",
        { data: { OIDC_CLIENT_ID: base64("id"), OIDC_CLIENT_SECRET: base64("public") } },
        "auth",
      ),
      object("Secret", "dex-passwords", { stringData: { DEX_USER_PASSWORD: "$2y$12$public" } }, "auth"),
      workload("dex", "auth"),
    ],
    "oauth2-proxy": [
      object(
        "Secret",
        "oauth2-proxy-h675gf55ht",
        { data: { "client-secret": base64("public"), "cookie-secret": base64("public") } },
        "oauth2-proxy",
      ),
      workload("oauth2-proxy", "oauth2-proxy", { env: [{ name: "OAUTH2_PROXY_CLIENT_SECRET", ...key }] }),
    ],
    "user-namespace": [
      object("Profile", "kubeflow-user-example-com", { spec: { owner: { kind: "User", name: "user@example.com" } } }),
    ],
  };
  change(objects);
  return { release, key: "", components: Object.entries(objects).map(([id, list]) => ({ id, objects: list })) };
}

const find = (result: { components: { objects: KubeObject[] }[] }, kind: string, name: string) => {
  const found = result.components
    .flatMap(({ objects }) => objects)
    .find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};
const hashOf = (one: KubeObject) =>
  (one as KubeObject & { spec: { template: { metadata: { annotations?: Record<string, string> } } } }).spec.template
    .metadata.annotations?.[configHashAnnotation];

describe("customising Kubeflow", () => {
  it("makes everyone the owner where no one signs in, and leaves nothing of the sign-in", async () => {
    const open = prepared((objects) => {
      objects.istio = [];
      objects["central-dashboard"] = [
        workload("centraldashboard", "kubeflow", {
          env: [
            { name: "LOGOUT_URL", value: "/oauth2/sign_out" },
            { name: "A", value: "b" },
          ],
        }),
      ];
    });
    const mine = settings({ auth: "standard", email: "ann.o'neil+x@corp.example" });
    const { passwordHash: _none, ...secrets } = await planningSecrets();
    const result = customise(open, mine, secrets);
    expect(result.components.map(({ id }) => id)).toEqual(["user-namespace", "istio", "central-dashboard"]);
    const filter = JSON.stringify(find(result, "EnvoyFilter", "flowdeck-everyone-is"));
    expect(filter).toContain('replace(\\"kubeflow-userid\\", \\"ann.o\'neil+x@corp.example\\")');
    expect(filter).toContain('remove(\\"kubeflow-groups\\")');
    expect(JSON.stringify(result.components)).not.toContain("oauth2/sign_out");
    expect(result.adjustments.map(({ said }) => textOf(said, "en"))).toContain(
      "Everyone who reaches the address is ann.o'neil+x@corp.example, without signing in.",
    );
    for (const email of ['a"..os.exit()--@x.example', "a\\nb@x.example", "a@x.example\nend"]) {
      await failure(
        "settings-invalid",
        Promise.resolve().then(() => customise(open, { ...mine, email }, secrets)),
      );
    }
  });

  it("puts e-mail, password and secrets where they belong, and leaves what it was given alone", async () => {
    const secrets = await planningSecrets();
    const before = prepared();
    const copy = structuredClone(before);
    const result = customise(before, settings(), secrets);
    expect(before).toEqual(copy);
    const config = (find(result, "ConfigMap", "dex").data as Record<string, string>)["config.yaml"];
    expect(config).toContain("email: ann@corp.example");
    expect(config).toContain("# a comment that stays");
    expect(config).not.toContain("user@example.com");
    expect(find(result, "Secret", "dex-passwords").stringData).toEqual({ DEX_USER_PASSWORD: secrets.passwordHash });
    const client = base64(secrets.oauthClientSecret);
    expect(find(result, "Secret", "dex-oidc-client").data).toEqual({
      OIDC_CLIENT_ID: base64("id"),
      OIDC_CLIENT_SECRET: client,
    });
    expect(find(result, "Secret", "oauth2-proxy-h675gf55ht").data).toEqual({
      "client-secret": client,
      "cookie-secret": base64(secrets.oauthCookieSecret),
    });
    expect(find(result, "Profile", "ann").spec).toEqual({ owner: { kind: "User", name: "ann@corp.example" } });
    expect(JSON.stringify(result.components)).not.toContain(base64("public"));
  });

  it("restarts Dex and oauth2-proxy when their secrets change, and only then", async () => {
    const secrets = await planningSecrets();
    const hashes = (change: Partial<typeof secrets>, email = "ann@corp.example") => {
      const result = customise(prepared(), settings({ email }), { ...secrets, ...change });
      return [hashOf(find(result, "Deployment", "dex")), hashOf(find(result, "Deployment", "oauth2-proxy"))];
    };
    const [dex, proxy] = hashes({});
    expect(dex).toMatch(/^[0-9a-f]{32}$/);
    expect(hashes({})).toEqual([dex, proxy]);
    const other = await planningSecrets();
    const [otherDex, sameProxy] = hashes({ passwordHash: other.passwordHash ?? "" });
    expect(otherDex).not.toBe(dex);
    expect(sameProxy).toBe(proxy);
    expect(hashes({ oauthClientSecret: other.oauthClientSecret })[1]).not.toBe(proxy);
    expect(hashes({}, "bob@corp.example")[0]).not.toBe(dex);
  });

  it("refuses to go on without a password", async () => {
    expect(
      (await failure("settings-invalid", () => customise(prepared(), settings(), generateSecrets()))).message,
    ).toContain("password");
    const plain = { ...generateSecrets(), passwordHash: "in clear" };
    const error = await failure("settings-invalid", () => customise(prepared(), settings(), plain));
    expect(JSON.stringify(error)).not.toContain("in clear");
  });

  it.each<[string, RegExp, (objects: Record<string, KubeObject[]>) => void]>([
    ["Dex's ConfigMap", /dex has no ConfigMap auth\/dex/, (objects) => objects.dex?.splice(0, 1)],
    [
      "Dex's user",
      /static password/,
      (objects) => Object.assign(objects.dex?.[0] ?? {}, { data: { "config.yaml": "staticPasswords: []" } }),
    ],
    [
      "the password's key",
      /key DEX_USER_PASSWORD/,
      (objects) => Object.assign(objects.dex?.[2] ?? {}, { stringData: {} }),
    ],
    ["Dex's Deployment", /Deployment auth\/dex/, (objects) => objects.dex?.splice(3, 1)],
    [
      "the proxy's Secret",
      /Secret oauth2-proxy\/oauth2-proxy-h675gf55ht/,
      (objects) => objects["oauth2-proxy"]?.splice(0, 1),
    ],
    [
      "the cookie key",
      /key cookie-secret/,
      (objects) => Object.assign(objects["oauth2-proxy"]?.[0] ?? {}, { data: { "client-secret": "" } }),
    ],
    ["the Profile", /single Profile/, (objects) => objects["user-namespace"]?.splice(0, 1)],
  ])("refuses to go on when %s is not where it was", async (_what, why, harm) => {
    const secrets = await planningSecrets();
    expect((await failure("build-failed", () => customise(prepared(harm), settings(), secrets))).message).toMatch(why);
  });

  it("does not look for what was not chosen", async () => {
    const without = prepared((objects) => {
      delete objects.dex;
      delete objects["oauth2-proxy"];
    });
    expect(customise(without, settings(), generateSecrets()).components.map(({ id }) => id)).toEqual([
      "user-namespace",
    ]);
  });
});

describe("images", () => {
  it.each([
    ["mysql:8.0", { mysql: "mirror.local:5000/mysql" }, "mirror.local:5000/mysql:8.0"],
    ["mysql:8.0", { "mysql:8.0": "mirror.local/mysql:9" }, "mirror.local/mysql:9"],
    ["mysql:8.0", { mysql: "mirror.local/mysql:9" }, "mirror.local/mysql:9"],
    ["mysql:8.4", { "mysql:8.0": "x" }, "mysql:8.4"],
    ["registry:5000/a/b", { "registry:5000/a/b": "c/d:1" }, "c/d:1"],
    ["a/b@sha256:00", { "a/b": "m/b" }, "m/b@sha256:00"],
    ["a/b:1@sha256:00", { "a/b": "m/b:2" }, "m/b:2"],
    ["x/mysql:8.0", { mysql: "y" }, "x/mysql:8.0"],
  ])("%s with %j becomes %s", (image, overrides, result) => {
    expect(overriddenImage(image, overrides)).toBe(result);
  });

  it("are replaced in all containers, in texts only of the objects named, and in no schema", () => {
    const pod = { containers: [{ image: "a/b:1" }], initContainers: [{ image: "a/b:2" }] };
    const text = object("ConfigMap", "named", { data: { config: "image: a/b:1, see xa/b:1" } }, "ns");
    const objects = [
      object("CronJob", "job", { spec: { jobTemplate: { spec: { template: { spec: pod } } } } }, "ns"),
      text,
      { ...text, metadata: { ...text.metadata, name: "other" } },
      { ...object("CustomResourceDefinition", "crd", { spec: pod }), apiVersion: "apiextensions.k8s.io/v1" },
    ];
    const after = overrideImages(objects, { "a/b": "m/b" }, [{ kind: "ConfigMap", namespace: "ns", name: "named" }]);
    expect(after[0]?.spec).toEqual({
      jobTemplate: {
        spec: { template: { spec: { containers: [{ image: "m/b:1" }], initContainers: [{ image: "m/b:2" }] } } },
      },
    });
    expect(after[1]?.data).toEqual({ config: "image: m/b:1, see xa/b:1" });
    expect(after.slice(2)).toEqual(objects.slice(2));
  });

  it("that answer to no override are told", () => {
    const components = [{ id: "x", objects: [workload("x", "ns", { image: "a/b:1" })] }];
    expect(unusedOverrides(components, { "a/b": "m", "a/b:2": "m", a: "m" }, [])).toEqual(["a/b:2", "a"]);
  });
});

describe("dropping", () => {
  it("takes away whole objects or one annotation", () => {
    const crd = {
      ...object("CRD", "jobsets"),
      metadata: { name: "jobsets", annotations: { keep: "1", stray: "$(X)" } },
    };
    const drops = [
      { kind: "CRD", name: "jobsets", annotation: "stray", because: "" },
      { kind: "Secret", because: "" },
    ];
    const after = dropFrom([crd, object("Secret", "s"), object("ConfigMap", "c")], drops);
    expect(after.map(({ metadata }) => metadata)).toEqual([
      { name: "jobsets", annotations: { keep: "1" } },
      { name: "c" },
    ]);
  });

  it("takes the namespace off cluster-scoped kinds, and off nothing that is not known", () => {
    const objects = ["ClusterRole", "Role", "Unknown"].map((kind) => object(kind, "x", {}, "ns"));
    const scope = (_version: string, kind: string) => (kind === "Unknown" ? undefined : kind === "Role");
    expect(dropNamespaces(objects, scope).map(({ metadata }) => metadata.namespace)).toEqual([undefined, "ns", "ns"]);
  });
});

describe("what is written down", () => {
  it("has digests where secret values were, the same for the same value", async () => {
    const secrets = await planningSecrets();
    const one = object("Secret", "one", {
      data: { a: base64("value"), b: base64("other") },
      stringData: { c: "value" },
    });
    const leak = object("ConfigMap", "leak", {
      data: { text: `url?secret=${secrets.oauthClientSecret}&hash=${secrets.passwordHash}` },
    });
    const [redacted, mended] = redact([one, leak], secrets);
    const data = redacted?.data as Record<string, string>;
    expect(data.a).toMatch(/^hmac-sha256:[0-9a-f]{12}$/);
    expect(data.a).not.toBe(data.b);
    expect((redacted?.stringData as Record<string, string> | undefined)?.c).toBe(data.a);
    const written = JSON.stringify([redacted, mended]);
    for (const secret of [base64("value"), secrets.oauthClientSecret, secrets.passwordHash ?? ""])
      expect(written).not.toContain(secret);
    const again = redact([one], { ...secrets, digestKey: generateSecrets().digestKey });
    expect((again[0]?.data as Record<string, string> | undefined)?.a).not.toBe(data.a);
  });
});

describe("planning secrets", () => {
  it("keep what is known and stand in for the rest", async () => {
    const known = generateSecrets();
    const planned = await planningSecrets(known);
    expect(planned).toMatchObject(known);
    expect(planned.passwordHash).toMatch(/^\$2[aby]\$04\$/);
    expect(compareSync("12341234", planned.passwordHash ?? "")).toBe(false);
    const complete = { ...known, passwordHash: "mine" };
    expect(await planningSecrets(complete)).toBe(complete);
  });
});
