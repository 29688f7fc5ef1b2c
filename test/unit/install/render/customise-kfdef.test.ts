import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { generateSecrets } from "../../../../electron/install/installation-dir/secrets.ts";
import { customiseKfDef } from "../../../../electron/install/render/customise-kfdef.ts";
import { configHashAnnotation } from "../../../../electron/install/render/edit.ts";
import { deployment, object } from "../objects-support.ts";

const publicHash = "$2y$12$ruoM7FqXrpVgaol44eRZW.4HWS8SAvg6KYVVSCIwKQPBmTpCm.EeO";
const ownHash = `$2a$12$${"a".repeat(53)}`;
const publicSecret = "pUBnBOY80SnXgjibTYM9ZWNzY2xreNGQok";
const dexConfig = (hash: string) => `issuer: http://dex.auth.svc.cluster.local:5556/dex
enablePasswordDB: true
staticPasswords:
- email: admin@kubeflow.org
  hash: ${hash}
  username: admin
staticClients:
- id: kubeflow-oidc-authservice
  secret: ${publicSecret}
`;

const applications = (hash = publicHash) => [
  {
    id: "oidc-authservice",
    title: "oidc-authservice",
    objects: [
      object("apps/v1", "StatefulSet", "authservice", {
        metadata: { namespace: "istio-system" },
        spec: { template: { spec: { containers: [{ env: [{ name: "CLIENT_SECRET", value: publicSecret }] }] } } },
      }),
    ],
  },
  {
    id: "dex",
    title: "dex",
    objects: [
      object("v1", "ConfigMap", "dex", { metadata: { namespace: "auth" }, data: { "config.yaml": dexConfig(hash) } }),
      object("v1", "ConfigMap", "dex-parameters", {
        metadata: { namespace: "auth" },
        data: { static_email: "admin@kubeflow.org", static_password_hash: hash, application_secret: publicSecret },
      }),
      deployment("auth", "dex", { app: "dex" }, { volumes: [{ name: "config", configMap: { name: "dex" } }] }),
      deployment("auth", "other", { app: "other" }),
    ],
  },
];
const chosen = { auth: "dex" as const, email: "ann@corp.example" };
const secrets = generateSecrets();

function find(components: ReturnType<typeof applications>, name: string) {
  const found = components.flatMap(({ objects }) => objects).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
const config = (components: ReturnType<typeof applications>) =>
  parse((find(components, "dex").data as Record<string, string>)["config.yaml"] ?? "");

describe("the sign-in of a KfDef with Dex", () => {
  it("gets the chosen address and password, in the configuration and in the parameters", () => {
    const given = applications();
    const { components, warnings } = customiseKfDef(given, chosen, { ...secrets, passwordHash: ownHash });
    expect(config(components).staticPasswords).toEqual([{ email: chosen.email, hash: ownHash, username: "admin" }]);
    expect(find(components, "dex-parameters").data).toMatchObject({
      static_email: chosen.email,
      static_password_hash: ownHash,
    });
    expect(warnings).toEqual([]);
    expect(JSON.stringify(components)).not.toContain(publicHash);
    expect(given).toEqual(applications());
  });

  it("shares a secret of its own with what stands in front, wherever the public one stood", () => {
    const { components } = customiseKfDef(applications(), chosen, secrets);
    expect(JSON.stringify(components)).not.toContain(publicSecret);
    expect(JSON.stringify(find(components, "authservice"))).toContain(secrets.oauthClientSecret);
    expect(config(components).staticClients[0].secret).toBe(secrets.oauthClientSecret);
  });

  it("restarts Dex when its configuration changes, and nothing else", () => {
    const of = (hash: string) => {
      const { components } = customiseKfDef(applications(), chosen, { ...secrets, passwordHash: hash });
      const dex = components
        .flatMap(({ objects }) => objects)
        .find(({ kind, metadata }) => kind === "Deployment" && metadata.name === "dex");
      expect(JSON.stringify(find(components, "other"))).not.toContain(configHashAnnotation);
      return /"flowdeck.dev\/config-hash":"([0-9a-f]{32})"/.exec(JSON.stringify(dex))?.[1];
    };
    expect(of(ownHash)).toMatch(/^[0-9a-f]{32}$/);
    expect(of(ownHash)).not.toBe(of(ownHash.replace("a".repeat(53), "b".repeat(53))));
  });

  it("keeps the file's password where none is chosen, and warns when everybody knows it", () => {
    const { components, warnings } = customiseKfDef(applications(), chosen, secrets);
    expect(config(components).staticPasswords[0]).toMatchObject({ email: chosen.email, hash: publicHash });
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining(chosen.email)]);
    expect(customiseKfDef(applications(ownHash), chosen, secrets).warnings).toEqual([]);
  });

  it("stays as the file has it where the standard way is chosen", () => {
    const { components } = customiseKfDef(
      applications(),
      { auth: "standard", email: "x@y.example" },
      {
        ...secrets,
        passwordHash: ownHash,
      },
    );
    expect(config(components).staticPasswords[0]).toMatchObject({ email: "admin@kubeflow.org", hash: publicHash });
  });

  it("leaves alone a configuration with several users, and applications without Dex", () => {
    const several = applications();
    const text = dexConfig(publicHash).replace(
      "staticClients",
      `- email: b@c.example\n  hash: ${ownHash}\nstaticClients`,
    );
    find(several, "dex").data = { "config.yaml": text };
    const { components } = customiseKfDef(several, chosen, { ...secrets, passwordHash: ownHash });
    expect(config(components).staticPasswords).toHaveLength(2);
    expect(config(components).staticPasswords[0].email).toBe("admin@kubeflow.org");
    const none = [{ id: "a", objects: [object("v1", "ConfigMap", "c", { data: { a: "b" } })] }];
    expect(customiseKfDef(none, chosen, secrets)).toEqual({ components: none, warnings: [] });
  });
});
