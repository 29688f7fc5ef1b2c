import { compare } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { parseKfDef } from "../../../../electron/kfdef/parse/index.ts";
import {
  fillSecretValues,
  needsSecretValues,
  pluginObjects,
  withPlugins,
} from "../../../../electron/kfdef/plugins/index.ts";
import { kfdefText } from "../support.ts";

function parsed(kind: string, spec: string, apps: string[]) {
  const plugin = `  plugins:\n  - kind: ${kind}\n    spec:\n${spec
    .trim()
    .split("\n")
    .map((line) => `      ${line}\n`)
    .join("")}`;
  const text = kfdefText(
    apps.map((name) => ({
      name,
      path: name === "basic-auth" ? "common/basic-auth" : name,
      parameters: { hostname: "old" },
      overlays: ["cognito", "db"],
    })),
    "https://example.org/m.tar.gz",
    plugin,
  );
  return parseKfDef(text, "a").kfdef;
}

function plugged(kind: string, spec: string, apps: string[], seed = "/kf") {
  const { kfdef, ...rest } = withPlugins(parsed(kind, spec, apps), "handson", seed);
  const of = (name: string) => kfdef.spec.applications.find((one) => one.name === name);
  const parameters = (name: string) =>
    Object.fromEntries((of(name)?.parameters ?? []).map((one) => [one.name, one.value]));
  return { ...rest, of, parameters };
}

describe("KfGcpPlugin", () => {
  const spec = "project: my-project\nemail: Jane.Doe@example.org\nzone: us-east1-c";

  it("gives the addresses, names and the user of Google Cloud to the applications", () => {
    const { parameters, project } = plugged("KfGcpPlugin", spec, [
      "profiles",
      "default-install",
      "iap-ingress",
      "minio",
      "mysql",
      "spartakus",
    ]);
    expect(project).toBe("my-project");
    expect(parameters("iap-ingress")).toEqual({
      hostname: "handson.endpoints.my-project.cloud.goog",
      ipName: "handson-ip",
      project: "my-project",
      appName: "handson",
    });
    expect(parameters("profiles")).toMatchObject({
      admin: "Jane.Doe@example.org",
      "gcp-sa": "handson-user@my-project.iam.gserviceaccount.com",
    });
    expect(parameters("default-install")).toMatchObject({
      user: "Jane.Doe@example.org",
      "profile-name": "kubeflow-jane-doe",
    });
    expect(parameters("minio").minioPd).toBe("handson-storage-artifact-store");
    expect(parameters("mysql").mysqlPd).toBe("handson-storage-metadata-store");
    expect(parameters("spartakus").usageId).toMatch(/^\d{10,19}$/);
  });

  it("shortens a profile's name to what Kubernetes takes with what comes behind it", () => {
    const long = "email: a.very.long.address.of.some.person@example.org";
    const { parameters } = plugged("KfGcpPlugin", long, ["default-install"]);
    expect(parameters("default-install")["profile-name"]).toBe("kubeflow-a-very-long-address-o");
  });

  it("with basic auth has another ingress, and no RBAC of istio", () => {
    const { parameters } = plugged("KfGcpPlugin", spec, ["basic-auth", "basic-auth-ingress", "istio", "iap-ingress"]);
    expect(parameters("basic-auth-ingress")).toMatchObject({ ipName: "handson-ip", project: "my-project" });
    expect(parameters("istio").clusterRbacConfig).toBe("OFF");
    expect(parameters("iap-ingress")).toEqual({ hostname: "old" });
  });

  it("leaves what it can't know, and disks where none are wanted", () => {
    const { parameters, project } = plugged("KfGcpPlugin", "createPipelinePersistentStorage: false\nipName: mine", [
      "profiles",
      "iap-ingress",
      "minio",
    ]);
    expect(project).toBe("");
    expect(parameters("profiles")).toEqual({ hostname: "old" });
    expect(parameters("iap-ingress")).toEqual({ hostname: "old", ipName: "mine", appName: "handson" });
    expect(parameters("minio")).toEqual({ hostname: "old" });
  });

  it("gives one number to usage reports at every build of an installation", () => {
    const id = (seed: string) => plugged("KfGcpPlugin", spec, ["spartakus"], seed).parameters("spartakus").usageId;
    expect(id("/kf")).toBe(id("/kf"));
    expect(id("/kf")).not.toBe(id("/other"));
  });
});

describe("KfAwsPlugin", () => {
  it("names the cluster, by its old and its new parameter", () => {
    const { parameters } = plugged("KfAwsPlugin", "region: us-west-2", ["aws-alb-ingress-controller"]);
    expect(parameters("aws-alb-ingress-controller")).toMatchObject({
      clusterName: "handson",
      "cluster-name": "handson",
    });
  });

  it("with Cognito hands its user pool to the ingress", () => {
    const { parameters } = plugged(
      "KfAwsPlugin",
      "auth:\n  cognito:\n    certArn: c\n    cognitoAppClientId: i\n    cognitoUserPoolArn: p\n    cognitoUserPoolDomain: d",
      ["istio-ingress"],
    );
    expect(parameters("istio-ingress")).toMatchObject({
      CognitoUserPoolArn: "p",
      CognitoUserPoolDomain: "d",
      CognitoAppClientId: "i",
      certArn: "c",
    });
  });

  it("with OIDC takes the other overlay and turns istio's RBAC on; its secret is in no parameter", () => {
    const { parameters, of } = plugged(
      "KfAwsPlugin",
      "auth:\n  oidc:\n    certArn: c\n    oidcIssuer: https://i\n    oidcAuthorizationEndpoint: https://a\n    oidcTokenEndpoint: https://t\n    oidcUserInfoEndpoint: https://u\n    oAuthClientId: id\n    oAuthClientSecret: hunter2",
      ["istio-ingress", "istio"],
    );
    expect(of("istio-ingress")?.overlays).toEqual(["db", "oidc"]);
    expect(parameters("istio-ingress")).toMatchObject({
      oidcIssuer: "https://i",
      oidcSecretName: "alb-oidc-secret",
      certArn: "c",
    });
    expect(parameters("istio").clusterRbacConfig).toBe("ON");
    expect(JSON.stringify(of("istio-ingress"))).not.toContain("hunter2");
  });

  it("with a database of Amazon's does without its own", () => {
    const { parameters, of } = plugged(
      "KfAwsPlugin",
      "managedRelationDatabase:\n  host: db.example.org\n  username: root\n  password: {name: db-password}\n  port: 3307",
      ["metadata", "mysql", "api-service"],
    );
    expect(of("mysql")).toBeUndefined();
    expect(of("metadata")?.overlays).toEqual(["cognito", "external-mysql"]);
    expect(parameters("metadata")).toMatchObject({
      MYSQL_HOST: "db.example.org",
      MYSQL_PORT: "3307",
      MYSQL_ROOT_PASSWORD: "flowdeck-secret.db-password.value",
    });
    expect(of("api-service")?.overlays).toContain("external-mysql");
    expect(parameters("api-service").mysqlPassword).toBe("flowdeck-secret.db-password.value");
  });
});

describe("Secrets that kfctl makes for a plugin's applications", () => {
  const objects = (kind: string, spec: string, apps: string[]) =>
    pluginObjects(parsed(kind, spec, apps)).map(({ application, object }) => [
      application,
      `${object.metadata.namespace}/${object.metadata.name}`,
      Object.fromEntries(
        Object.entries(object.data ?? {}).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
      ),
    ]);

  it("are there where an application of theirs is, with placeholders", () => {
    const oidc =
      "auth:\n  oidc:\n    certArn: c\n    oidcIssuer: https://i\n    oidcAuthorizationEndpoint: https://a\n    oidcTokenEndpoint: https://t\n    oidcUserInfoEndpoint: https://u\n    oAuthClientId: id\n    oAuthClientSecret: {name: oidc}";
    expect(objects("KfAwsPlugin", oidc, ["istio-ingress"])).toEqual([
      ["istio-ingress", "istio-system/alb-oidc-secret", { clientId: "id", clientSecret: "flowdeck-secret.oidc.value" }],
    ]);
    const iap = "auth:\n  iap:\n    oAuthClientId: id\n    oAuthClientSecret: {name: oauth}";
    expect(objects("KfGcpPlugin", iap, ["iap-ingress"])).toEqual([
      ["iap-ingress", "kubeflow/kubeflow-oauth", { client_id: "id", client_secret: "flowdeck-secret.oauth.value" }],
    ]);
    const basic = "auth:\n  basicAuth:\n    username: me\n    password: {name: pw}";
    expect(objects("KfGcpPlugin", basic, ["basic-auth"])).toEqual([
      ["basic-auth", "kubeflow/kubeflow-login", { username: "me", passwordhash: "flowdeck-secret.pw.hash" }],
    ]);
    expect(objects("KfGcpPlugin", basic, ["istio"])).toEqual([]);
  });
});

describe("secrets in rendered objects", () => {
  const plain = { kind: "ConfigMap", data: { password: "flowdeck-secret.a.value", other: "flowdeck-secret.ab.value" } };
  const encoded = { kind: "Secret", data: { p: Buffer.from("pw=flowdeck-secret.a.value\n").toString("base64") } };
  const values = { a: "hunter2$&", ab: "x" };

  it("get their values where something stands for them, also in base64", async () => {
    const other = { kind: "Secret", data: { p: "aHVudGVyMg==", q: "not base64 at all" } };
    const filled = await fillSecretValues([plain, encoded, other], { values, key: "k" });
    expect(filled).toEqual([
      { kind: "ConfigMap", data: { password: "hunter2$&", other: "x" } },
      { kind: "Secret", data: { p: Buffer.from("pw=hunter2$&\n").toString("base64") } },
      other,
    ]);
    expect([plain, encoded].map(needsSecretValues)).toEqual([true, true]);
    expect(filled.map(needsSecretValues)).toEqual([false, false, false]);
  });

  it("get the hash of a password, always the same for one installation", async () => {
    const object = { data: { hash: "flowdeck-secret.a.hash" } };
    const hash = async (key: string) => (await fillSecretValues([object], { values, key }))[0]?.data.hash ?? "";
    const text = Buffer.from(await hash("k"), "base64").toString();
    expect(text).toMatch(/^\$2a\$10\$/);
    expect(await compare("hunter2$&", text)).toBe(true);
    expect(await hash("k")).toBe(await hash("k"));
    expect(await hash("k")).not.toBe(await hash("other"));
  });

  it("stay what they are where no value is known", async () => {
    const [left] = await fillSecretValues([plain], { values: { a: "" }, key: "k" });
    expect(left).toEqual(plain);
  });
});
