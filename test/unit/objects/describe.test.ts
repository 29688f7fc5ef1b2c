import { describe, expect, it } from "vitest";
import { duration } from "../../../electron/objects/describe/describe-helpers.ts";
import { Sheet } from "../../../electron/objects/describe/describe-writer.ts";
import { labelOf } from "../../../electron/objects/describe/generic.ts";
import { describeObject } from "../../../electron/objects/describe/index.ts";
import { split } from "../../../renderer/features/object/DescribeTab.tsx";
import { humanDuration } from "../../../renderer/ui/duration.ts";
import { lookOver, make } from "./fake-look.ts";

describe("a description's layout", () => {
  it("aligns values, indents what is inside and underlines the heads of tables", () => {
    const sheet = new Sheet();
    sheet.pair("Name", "web").values("Labels", ["a=1", "b=2"]).values("Annotations", []).pair("Left out", undefined);
    sheet.heading("Conditions").table(["Type", "Status"], [["Ready", "True"]]);
    expect(sheet.toString()).toBe(
      [
        "Name:         web",
        "Labels:       a=1",
        "              b=2",
        "Annotations:  <none>",
        "Conditions:",
        "  Type   Status",
        "  ----   ------",
        "  Ready  True",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["storageClassName", "Storage Class Name"],
    ["apiVersion", "API Version"],
    ["uid", "UID"],
    ["clientIPConfig", "Client IPConfig"],
    ["hostIPs", "Host I Ps"],
    ["x_y", "x_y"],
    ["f:spec", "f:spec"],
  ])("spells %s as %s", (field, label) => {
    expect(labelOf(field)).toBe(label);
  });

  it.each([
    [0, "0s"],
    [119_000, "119s"],
    [120_000, "2m"],
    [200_000, "3m20s"],
    [12 * 60_000, "12m"],
    [5 * 3_600_000 + 600_000, "5h10m"],
    [30 * 3_600_000, "30h"],
    [51 * 3_600_000, "2d3h"],
    [40 * 86_400_000, "40d"],
    [800 * 86_400_000, "2y70d"],
  ])("writes %d ms as kubectl does: %s, in the text and on the page", (ms, words) => {
    expect(duration(ms)).toBe(words);
    expect(humanDuration(ms)).toBe(words);
  });

  it("tells neither a Secret's values nor what was applied", () => {
    const secret = make("v1", "Secret", "s", {
      metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"p":"aGlkZGVu"}}' } },
      type: "Opaque",
      data: { p: Buffer.from("hidden").toString("base64") },
    });
    const text = describeObject(lookOver([secret]), secret, "");
    expect(text).toContain("p:  6 bytes");
    expect(text).not.toMatch(/hidden|aGlkZGVu/);
  });

  it("describes kinds it does not know by all their fields, but not who manages them", () => {
    const lamp = make("example.com/v1", "Lamp", "l", {
      metadata: { managedFields: [{ manager: "kubectl" }] },
      spec: { brightLevel: 7, colours: ["red"], parts: [{ partName: "bulb" }] },
    });
    const text = describeObject(lookOver([lamp]), lamp, "example.com");
    expect(text).toMatch(/Bright Level: {2}7\n {2}Colours:\n {4}red\n {2}Parts:\n {4}Part Name: {2}bulb/);
    expect(text).not.toMatch(/manage/i);
  });
});

describe("a search in a description", () => {
  it("cuts the text at every find, whatever signs it has", () => {
    expect(split("a.b A.B", "a.b")).toEqual(["", "a.b", " ", "A.B", ""]);
    expect(split("axb", "a.b")).toEqual(["axb"]);
    expect(split("text", "")).toEqual(["text"]);
  });
});
