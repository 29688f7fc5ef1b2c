import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Keychain, RegistryStore } from "../../../electron/registries/registry-store.ts";
import { temporaryFolders } from "../install/support.ts";

const folder = temporaryFolders();
const course = {
  ...{ kind: "other" as const, host: "registry.example.com", username: "course", password: "right", plain: false },
};
/** Stands in for the system's keychain, which only Electron has: turns a text around. */
const keychain: Keychain = {
  encrypt: (text) => [...text].reverse().join(""),
  decrypt: (sealed) => [...sealed].reverse().join(""),
};

describe("a registry's password", () => {
  it("is in a file that only its owner can read where there is no keychain", async () => {
    const place = await folder();
    const store = new RegistryStore(place, undefined);
    await store.put(course);
    expect(store.storage).toBe("file");
    expect((await stat(join(place, "registries.json"))).mode & 0o777).toBe(0o600);
    expect(await new RegistryStore(place, undefined).credentials()).toEqual([course]);
  });

  it("is sealed where there is one, and in no list", async () => {
    const place = await folder();
    const store = new RegistryStore(place, keychain);
    await store.put(course);
    expect(store.storage).toBe("keychain");
    expect(await readFile(join(place, "registries.json"), "utf8")).not.toContain("right");
    expect(await store.credentials()).toEqual([course]);
    expect(JSON.stringify(await store.list())).not.toContain("right");
  });

  it("that the keychain can't open is told with its registry", async () => {
    const place = await folder();
    await new RegistryStore(place, keychain).put(course);
    const locked: Keychain = {
      ...keychain,
      decrypt: () => {
        throw new Error("locked");
      },
    };
    for (const other of [locked, undefined])
      await expect(new RegistryStore(place, other).credentials()).rejects.toMatchObject({
        code: "settings-invalid",
        message: expect.stringContaining("registry.example.com"),
      });
  });
});
