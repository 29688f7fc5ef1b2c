import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compareSync } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { SecretStore } from "../../../../electron/install/installation-dir/secrets.ts";
import { failure, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();
const id = "0123456789abcdef";
const quick = { cost: 4 };

describe("the secrets of an installation", () => {
  it("are made once, differ between installations, and are for their owner's eyes only", async () => {
    const place = join(await folder(), "secrets");
    const store = new SecretStore(place, quick);
    expect(await store.read(id)).toBeUndefined();
    const secrets = await store.ensure(id);
    expect(await store.ensure(id)).toEqual(secrets);
    expect(await new SecretStore(place).read(id)).toEqual(secrets);
    expect(await store.ensure("another0installation")).not.toEqual(secrets);
    expect((await stat(join(place, `${id}.json`))).mode & 0o777).toBe(0o600);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
  });

  it("have a cookie secret that oauth2-proxy takes: 32 bytes in base64url", async () => {
    const { oauthCookieSecret } = await new SecretStore(await folder(), quick).ensure(id);
    expect(oauthCookieSecret).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(oauthCookieSecret, "base64url")).toHaveLength(32);
  });

  it("keep a password as its hash alone", async () => {
    const place = await folder();
    const store = new SecretStore(place, quick);
    const before = await store.ensure(id);
    expect(await store.hasPassword(id)).toBe(false);
    const after = await store.setPassword(id, "correct horse");
    expect(after).toEqual({ ...before, passwordHash: after.passwordHash });
    expect(compareSync("correct horse", after.passwordHash ?? "")).toBe(true);
    expect(await store.hasPassword(id)).toBe(true);
    expect(await readFile(join(place, `${id}.json`), "utf8")).not.toContain("correct horse");
  });

  it("take cost 12 for the password unless told otherwise", async () => {
    const { passwordHash } = await new SecretStore(await folder()).setPassword(id, "correct horse");
    expect(passwordHash).toMatch(/^\$2[aby]\$12\$/);
  });

  it("can be forgotten", async () => {
    const place = await folder();
    const store = new SecretStore(place, quick);
    await store.ensure(id);
    await store.delete(id);
    await store.delete(id);
    expect(await readdir(place)).toEqual([]);
  });

  it("that are damaged are named without being quoted", async () => {
    const place = await folder();
    await writeFile(join(place, `${id}.json`), '{"oauthClientSecret":"very-secret');
    const error = await failure("settings-invalid", new SecretStore(place).read(id));
    expect(error.message).toContain(join(place, `${id}.json`));
    expect(JSON.stringify(error)).not.toContain("very-secret");
    await chmod(place, 0o700);
  });

  it("cannot be asked for under a name that is a path", async () => {
    await expect(new SecretStore(await folder()).read("../../etc/passwd")).rejects.toThrow(/letters and digits/);
  });
});
