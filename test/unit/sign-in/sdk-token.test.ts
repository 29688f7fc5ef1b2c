import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { snippetOf } from "../../../electron/sign-in/sdk-snippet.ts";
import { claimsOf, TokenFiles } from "../../../electron/sign-in/token-files.ts";

const token = (claims: object) =>
  ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "signature"].join(".");
const now = Math.floor(Date.now() / 1000);

describe("the program for a token", () => {
  it("goes through a port forward to Pipelines where the gateway takes no tokens, whatever Kubeflow's address is", () => {
    const lines = snippetOf("/data/a.token", "ann", {
      by: "pipelines",
      address: "https://kubeflow.example",
      contextName: "Ann's cluster",
    });
    expect(lines[0]).toBe("# kubectl --context 'Ann'\\''s cluster' port-forward -n kubeflow svc/ml-pipeline 8888:8888");
    expect(lines).toContain('client = kfp.Client(host="http://localhost:8888", existing_token=token)');
  });

  it("goes to the gateway: by its address, or by a port forward", () => {
    const door = { by: "gateway", contextName: "c" } as const;
    const named = snippetOf("C:\\Users\\ann\\a.token", "ann", { ...door, address: "https://kubeflow.example" });
    expect(named[0]).toBe("from pathlib import Path");
    expect(named).toContain('token = Path("C:\\\\Users\\\\ann\\\\a.token").read_text()');
    expect(named).toContain('client = kfp.Client(host="https://kubeflow.example/pipeline", existing_token=token)');
    const forwarded = snippetOf("/a.token", "ann", door);
    expect(forwarded[0]).toBe("# kubectl --context c port-forward -n istio-system svc/istio-ingressgateway 8888:80");
    expect(forwarded).toContain('client = kfp.Client(host="http://localhost:8888/pipeline", existing_token=token)');
  });
});

describe("files of tokens", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "flowdeck-tokens-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("are for their owner only, one for each profile of a context, and go when they have expired", async () => {
    const files = new TokenFiles(join(folder, "tokens"));
    const old = await files.write("one", "ann", token({ exp: now - 1 }));
    expect((await stat(join(folder, "tokens"))).mode & 0o777).toBe(0o700);
    expect((await stat(old)).mode & 0o777).toBe(0o600);
    const valid = token({ exp: now + 1000, iss: "https://issuer.example" });
    const kept = await files.write("two", "ann", valid);
    expect(await readFile(kept, "utf8")).toBe(valid);
    await files.write("two", "bo", valid);
    const names = await readdir(join(folder, "tokens"));
    expect(names).toHaveLength(2);
    expect(names.map((name) => name.split("-")[0]).toSorted()).toEqual(["ann", "bo"]);
  });

  it("says nothing of a text that is no token", () => {
    expect(claimsOf(token({ exp: 5, iss: "i" }))).toEqual({ issuer: "i", expires: 5 });
    for (const text of ["", "a", "a.b.c", "a.W10.c"])
      expect(claimsOf(text)).toEqual({ issuer: undefined, expires: undefined });
  });
});
