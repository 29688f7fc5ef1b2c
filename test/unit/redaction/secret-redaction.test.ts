import { describe, expect, it } from "vitest";
import { maskedBytes, secretMask } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import { forPage } from "../../../electron/redaction/index.ts";

const applied = "kubectl.kubernetes.io/last-applied-configuration";
const hidden = "s3cr3t-가나";
const encoded = Buffer.from(hidden).toString("base64");

const secret = (annotation: string): KubeObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: "s",
    managedFields: [{ manager: "kubectl" }],
    annotations: { [applied]: annotation, note: "kept" },
  },
  type: "Opaque",
  data: { password: encoded, empty: "" },
  stringData: { token: hidden },
});

describe("what the page gets of an object", () => {
  it("has no Secret value anywhere, only sizes in bytes", () => {
    const shown = forPage(
      secret(JSON.stringify({ kind: "Secret", data: { password: encoded }, stringData: { token: hidden } })),
    );
    const words = JSON.stringify(shown);
    expect(words).not.toContain(encoded);
    expect(words).not.toContain(hidden);
    expect(shown.data).toEqual({ password: secretMask(13), empty: secretMask(0) });
    expect(shown.stringData).toEqual({ token: secretMask(13) });
    expect(JSON.parse(shown.metadata.annotations?.[applied] ?? "")).toEqual({
      kind: "Secret",
      data: { password: secretMask(13) },
      stringData: { token: secretMask(13) },
    });
    expect(shown.metadata.annotations?.note).toBe("kept");
  });

  it("masks an annotation whole that can't be read", () => {
    const shown = forPage(secret(`{"data":{"password":"${encoded}"`));
    expect(JSON.stringify(shown)).not.toContain(encoded);
    expect(maskedBytes(shown.metadata.annotations?.[applied])).toBeGreaterThan(0);
  });

  it("leaves out managedFields and keeps everything else of other kinds", () => {
    const map: KubeObject = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c", managedFields: [{}] },
      data: { a: "b" },
    };
    expect(forPage(map)).toEqual({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: "b" } });
    expect(map.metadata.managedFields).toHaveLength(1);
  });

  it("tells a mask from a value", () => {
    expect(maskedBytes(secretMask(1))).toBe(1);
    expect(maskedBytes("•••••••• (1 byte) and more")).toBeUndefined();
    expect(maskedBytes(encoded)).toBeUndefined();
  });
});
