import { describe, expect, it } from "vitest";
import type { PodDefaultGives } from "../../../common/contract/index.ts";
import { createPodDefault, podDefaultFor, seePodDefault } from "../../../electron/profiles/pod-defaults.ts";
import { readSecret } from "../../../electron/profiles/pull-secrets.ts";
import { object } from "./objects.ts";

const asked = (name: string, gives: PodDefaultGives) => ({ namespace: "vision", name, description: " Proxy ", gives });

describe("a PodDefault", () => {
  it("gives variables, a Secret's files or the pipelines' token to pods with its label", () => {
    const lines = "# of the campus\nTZ=Asia/Seoul\n\nOPTIONS=a=b c\r\n";
    const variables = podDefaultFor(asked("campus", { what: "variables", lines }));
    expect(variables.spec).toEqual({
      selector: { matchLabels: { campus: "true" } },
      desc: "Proxy",
      env: [
        { name: "TZ", value: "Asia/Seoul" },
        { name: "OPTIONS", value: "a=b c" },
      ],
    });
    const secret = podDefaultFor(asked("keys", { what: "secret", secret: "s3", path: "/etc/keys" }));
    expect(seePodDefault(secret)).toEqual({
      ...{ name: "keys", description: "Proxy", labels: { keys: "true" } },
      ...{ variables: [], paths: ["/etc/keys"], others: [] },
    });
    const token = seePodDefault(podDefaultFor(asked("access-ml-pipeline", { what: "pipelines" })));
    expect(token).toMatchObject({
      variables: ["KF_PIPELINES_SA_TOKEN_PATH"],
      paths: ["/var/run/secrets/kubeflow/pipelines"],
    });
  });

  it("names what it does beyond that", () => {
    const spec = { selector: {}, envFrom: [{ secretRef: { name: "s3" } }], tolerations: [], serviceAccountName: "x" };
    const seen = seePodDefault(object("PodDefault", "gpu", { spec }));
    expect(seen).toMatchObject({ description: "", variables: ["s3"], others: ["tolerations", "serviceAccountName"] });
  });

  it("is refused before anything is asked of the cluster where it can't be", async () => {
    const never = () => Promise.reject(new Error("The cluster was asked."));
    const refusal = (name: string, gives: PodDefaultGives) =>
      createPodDefault({ create: never, get: never, resourceFor: never }, asked(name, gives)).catch(String);
    expect(await refusal("Campus", { what: "pipelines" })).toContain("can't be a PodDefault's name");
    expect(await refusal("a", { what: "variables", lines: "\n# none\n" })).toContain("There are no variables");
    expect(await refusal("a", { what: "variables", lines: "A=1\n\nno value" })).toContain("Line 3 is not of the form");
    expect(await refusal("a", { what: "secret", secret: "S", path: "/etc" })).toContain("can't be a Secret's name");
    expect(await refusal("a", { what: "secret", secret: "s", path: "/etc/../x" })).toContain("not a folder");
  });
});

describe("a pull secret", () => {
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");
  const secret = (type: string, data: Record<string, string>) => object("Secret", "regcred", { type, data });

  it("tells the registries it is for, and nothing else that is in it", () => {
    const auth = { username: "robot", password: "hunter2", auth: "cm9ib3Q6aHVudGVyMg==" };
    const current = { ".dockerconfigjson": base64({ auths: { "registry.example.com": auth, "ghcr.io": auth } }) };
    const seen = readSecret(secret("kubernetes.io/dockerconfigjson", current));
    expect(seen).toEqual({ state: "present", registries: ["registry.example.com", "ghcr.io"] });
    const old = { ".dockercfg": base64({ "registry.example.com": auth }) };
    expect(readSecret(secret("kubernetes.io/dockercfg", old)).registries).toEqual(["registry.example.com"]);
    expect(JSON.stringify(seen)).not.toMatch(/robot|hunter2|cm9i/);
  });

  it("is none where it is of another type or can't be read as one", () => {
    expect(readSecret(secret("Opaque", {})).state).toBe("other");
    const broken = { ".dockerconfigjson": Buffer.from("{").toString("base64") };
    expect(readSecret(secret("kubernetes.io/dockerconfigjson", broken)).state).toBe("other");
  });
});
