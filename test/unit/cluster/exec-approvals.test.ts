import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contextId, FlowdeckError } from "../../../common/contract/index.ts";
import type { ResolvedContext } from "../../../electron/cluster/context.ts";
import { Credentials } from "../../../electron/cluster/credentials.ts";
import { ExecApprovals } from "../../../electron/cluster/exec-approvals.ts";
import { ExecPrograms, parseExecCredential, tokenIsFresh } from "../../../electron/cluster/exec-credential.ts";
import { pinnedKubeconfig } from "../../../electron/cluster/pinned-kubeconfig.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "approvals-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function program(name: string, script: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

function context(command: string, args: string[] = [], env: { name: string; value: string }[] = []): ResolvedContext {
  const exec = { apiVersion: "client.authentication.k8s.io/v1", command, args, env, provideClusterInfo: true };
  return {
    id: contextId.parse("id"),
    name: "cloud",
    file: path.join(folder, "config"),
    practice: false,
    cluster: { name: "c", server: "https://cloud.example", insecure: false, caData: "Y2E=" },
    user: { name: "u", exec },
  };
}

function approvals(): ExecApprovals {
  return new ExecApprovals(path.join(folder, "data"), { PATH: folder });
}

const token = `echo '{"kind":"ExecCredential","status":{"token":"t-'$1'"}}'`;

describe.skipIf(process.platform === "win32")("a credential program", () => {
  it("is refused until exactly what would run is approved", async () => {
    const file = await program("login", token);
    const wanted = context("login", ["a b", "c"]);
    const refused = approvals().requireApproved(wanted);
    await expect(refused).rejects.toMatchObject({
      code: "exec-needs-approval",
      detail: `${file} 'a b' c`,
      fix: { id: "approve-exec", params: { context: "id", command: JSON.stringify([file, "a b", "c"]) } },
    });
    await expect(approvals().approve(wanted, ["login", "a b", "c"])).rejects.toMatchObject({
      code: "exec-needs-approval",
    });
    await expect(approvals().requireApproved(wanted)).rejects.toBeInstanceOf(FlowdeckError);
    await approvals().approve(wanted, [file, "a b", "c"]);
    expect(await approvals().requireApproved(wanted)).toEqual([file, "a b", "c"]);
    expect((await stat(path.join(folder, "data/approvals.json"))).mode & 0o777).toBe(0o600);
  });

  it("asks again with other arguments, another program, other variables, or for another cluster", async () => {
    const file = await program("login", token);
    const profile = [{ name: "AWS_PROFILE", value: "x" }];
    const wanted = context("login", ["a"], profile);
    await approvals().approve(wanted, ["AWS_PROFILE=x", file, "a"]);
    expect(await approvals().requireApproved(context("login", ["a"], profile))).toEqual([file, "a"]);
    const others = [
      context("login", ["b"], profile),
      context(await program("login2", token), ["a"], profile),
      context("login", ["a"], [{ name: "AWS_PROFILE", value: "other" }]),
      context("login", ["a"], [{ name: "PATH", value: "x" }]),
      { ...wanted, cluster: { ...wanted.cluster, server: "https://other.example" } },
      { ...wanted, cluster: { ...wanted.cluster, insecure: true } },
    ];
    for (const other of others) {
      await expect(approvals().requireApproved(other)).rejects.toMatchObject({ code: "exec-needs-approval" });
    }
  });

  it("is asked about with its variables, with what would hide made visible and secrets hidden", async () => {
    const file = await program("login", token);
    const env = [
      { name: "PROFILE", value: "a\u202eb\nc" },
      { name: "CLIENT_SECRET", value: "s3cret" },
      { name: "PYTHONPATH", value: "./evil" },
    ];
    const asked = await approvals().question(context("login", ["x\u200b"], env));
    expect(asked).toEqual(["PROFILE=a\\u{202e}b\\u{a}c", "CLIENT_SECRET=•••", file, "x\\u{200b}"]);
    // Another secret is another question, though it looks the same.
    await approvals().approve(context("login", [], env.slice(1)), ["CLIENT_SECRET=•••", file]);
    const changed = context("login", [], [{ name: "CLIENT_SECRET", value: "other" }, ...env.slice(2)]);
    await expect(approvals().requireApproved(changed)).rejects.toMatchObject({ code: "exec-needs-approval" });
  });

  it("is given no variables that load other code, here or in a terminal", () => {
    const loading = ["LD_PRELOAD", "BASH_ENV", "PYTHONPATH", "NODE_OPTIONS", "BASH_FUNC_ls%%", "JAVA_TOOL_OPTIONS"];
    const env = ["AWS_PROFILE", ...loading].map((name) => ({ name, value: "x" }));
    const pinned: unknown = JSON.parse(pinnedKubeconfig(context("login", [], env), ["/bin/login"]));
    expect(pinned).toMatchObject({ users: [{ user: { exec: { env: [{ name: "AWS_PROFILE", value: "x" }] } } }] });
    expect(JSON.stringify(pinned)).not.toMatch(/LD_|BASH|PYTHON|NODE_|JAVA/);
  });

  it("is looked up on PATH, and beside the kubeconfig when written as a path", async () => {
    const file = await program("login", token);
    expect(await approvals().resolve(context("./login"))).toEqual([file]);
    await expect(approvals().resolve(context("absent"))).rejects.toMatchObject({ code: "exec-failed" });
    // A relative entry of PATH means another folder wherever the app is started: it is passed over.
    const elsewhere = new ExecApprovals(path.join(folder, "data"), {
      PATH: `/nonexistent:${path.relative(process.cwd(), folder)}`,
    });
    await expect(elsewhere.resolve(context("login"))).rejects.toMatchObject({ code: "exec-failed" });
  });

  it("runs with the given environment only, and learns the cluster", async () => {
    const out = path.join(folder, "env");
    const file = await program("login", `/usr/bin/env > ${out}; ${token}`);
    const wanted = context(
      file,
      ["x"],
      [
        { name: "AWS_PROFILE", value: "mine" },
        { name: "LD_PRELOAD", value: "/evil.so" },
      ],
    );
    const store = approvals();
    await store.approve(wanted, ["AWS_PROFILE=mine", file, "x"]);
    const credentials = new Credentials(wanted, new ExecPrograms(store, { PATH: "/usr/bin:/bin" }));
    expect(await credentials.headers()).toEqual({ authorization: "Bearer t-x" });
    const environment = await readFile(out, "utf8");
    expect(environment).toContain("AWS_PROFILE=mine");
    expect(environment).not.toContain("LD_PRELOAD");
    expect(environment).not.toContain("HOME=");
    const info: unknown = JSON.parse(/KUBERNETES_EXEC_INFO=(.*)/.exec(environment)?.[1] ?? "");
    expect(info).toMatchObject({
      spec: { interactive: false, cluster: { server: "https://cloud.example", "certificate-authority-data": "Y2E=" } },
    });
  });

  it("runs once for many requests, and again after its token was rejected", async () => {
    const count = path.join(folder, "count");
    const file = await program("login", `echo x >> ${count}; ${token}`);
    const wanted = context(file);
    const store = approvals();
    await store.approve(wanted, [file]);
    const credentials = new Credentials(wanted, new ExecPrograms(store, { PATH: "/usr/bin:/bin" }));
    await Promise.all([credentials.headers(), credentials.headers(), credentials.headers()]);
    expect(await readFile(count, "utf8")).toBe("x\n");
    expect(credentials.forget()).toBe(true);
    await credentials.headers();
    expect(await readFile(count, "utf8")).toBe("x\nx\n");
  });

  it("that fails is named with its own words", async () => {
    const file = await program("login", "echo 'please run: cloud login' >&2; exit 3");
    const wanted = context(file);
    const store = approvals();
    await store.approve(wanted, [file]);
    await expect(new ExecPrograms(store, { PATH: folder }).fetch(wanted)).rejects.toMatchObject({
      code: "exec-failed",
      message: `The credential plugin of context cloud failed: ${file}: it exited with code 3.`,
      detail: "please run: cloud login",
    });
  });
});

describe("what a credential program prints", () => {
  it("may be a certificate with its key", () => {
    const status = { clientCertificateData: "CERT", clientKeyData: "KEY", expirationTimestamp: "2030-01-01T00:00:00Z" };
    expect(parseExecCredential(JSON.stringify({ status }), "p", "c")).toEqual({
      clientCertificate: Buffer.from("CERT"),
      clientKey: Buffer.from("KEY"),
      expiresAt: Date.UTC(2030, 0, 1),
    });
  });

  it.each(["no json token=abc", '{"token":"abc"}', '{"status":{"clientCertificateData":"abc"}}'])(
    "is refused without repeating it: %s",
    (output) => {
      let said = "";
      try {
        parseExecCredential(output, "p", "c");
      } catch (error) {
        said = error instanceof FlowdeckError ? JSON.stringify(error) : "";
      }
      expect(said).toContain("exec-failed");
      expect(said).not.toContain("abc");
    },
  );

  it("expires a little before its time", () => {
    expect(tokenIsFresh({ token: "t", expiresAt: 100_000 }, 80_000)).toBe(true);
    expect(tokenIsFresh({ token: "t", expiresAt: 100_000 }, 95_000)).toBe(false);
    expect(tokenIsFresh({ token: "t" }, 95_000)).toBe(true);
  });
});
