import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import { maskObject, unmaskObject, withoutValues } from "../../../electron/edit/secret-redaction.ts";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const base64 = (text: string) => Buffer.from(text).toString("base64");

const secret: KubeObject = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: "login",
    uid: "1",
    annotations: {
      [lastApplied]: JSON.stringify({ kind: "Secret", stringData: { password: "sesame-open" } }),
      other: "x",
    },
  },
  data: { password: base64("sesame-open"), user: base64("kim") },
};

describe("a Secret on its way to the page and back", () => {
  const masked = maskObject(secret);

  it("shows no value, in its last-applied annotation neither", () => {
    const shown = JSON.stringify(masked);
    expect(shown).not.toMatch(/sesame|a2lt/);
    expect(shown).not.toContain(base64("sesame-open"));
    expect(masked.data).toMatchObject({ user: expect.stringMatching(/\(3 bytes, [0-9a-f]{8}\)/) });
    expect(masked.metadata.annotations?.other).toBe("x");
  });

  it("comes back as it was", () => {
    expect(unmaskObject(masked, secret)).toEqual({ object: secret, problems: [] });
  });

  it("keeps a value under another key, and takes new ones", () => {
    const data = masked.data as Record<string, string>;
    const edited = { ...masked, data: { renamed: data.password, user: base64("sam") } };
    expect(unmaskObject(edited, secret).object.data).toEqual({ renamed: base64("sesame-open"), user: base64("sam") });
  });

  it("tells a placeholder that nothing is stored for", () => {
    const data = masked.data as Record<string, string>;
    const later = { ...secret, data: { user: base64("kim") } };
    expect(unmaskObject(masked, later).problems).toMatchObject([{ kind: "masked", path: "data.password" }]);
    expect(unmaskObject({ ...masked, stringData: { a: data.user } }, secret).problems).toMatchObject([
      { kind: "masked", path: "stringData.a" },
    ]);
  });

  it("tells different values of the same size apart, and other Secrets' nothing", () => {
    const other = maskObject({ ...secret, data: { a: base64("kim"), b: base64("sam"), c: base64("kim") } });
    const { a, b, c } = other.data as Record<string, string>;
    expect(a).not.toBe(b);
    expect(a).toBe(c);
    const elsewhere = maskObject({ ...secret, metadata: { ...secret.metadata, uid: "2" } });
    expect((elsewhere.data as Record<string, string>).user).not.toBe(a);
  });

  it("leaves other kinds alone", () => {
    const config: KubeObject = { ...secret, kind: "ConfigMap" };
    expect(maskObject(config)).toBe(config);
  });

  it("is not quoted in errors", () => {
    const words = `data.password: Invalid value: "sesame-open" (${base64("sesame-open")})`;
    expect(withoutValues(words, secret)).toBe('data.password: Invalid value: "••••••••" (••••••••)');
  });
});
