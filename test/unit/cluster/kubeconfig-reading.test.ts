import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contextId } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { readBounded } from "../../../electron/cluster/bounded-file.ts";
import type { ResolvedContext } from "../../../electron/cluster/context.ts";
import { Credentials } from "../../../electron/cluster/credentials.ts";
import { Kubeconfigs } from "../../../electron/cluster/index.ts";
import { decodeText, encodeText } from "../../../electron/cluster/kubeconfig-encoding.ts";
import { parseKubeconfig } from "../../../electron/cluster/kubeconfig-file.ts";
import { serverAddress } from "../../../electron/cluster/server-address.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kubeconfigs-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const plain = `kind: Config
clusters:
- name: c
  cluster: {server: "https://one.example"}
contexts:
- name: 하나
  context: {cluster: c}
`;

describe("a kubeconfig's bytes", () => {
  it.each(["utf-8", "utf-8-mark", "utf-16le", "utf-16be"] as const)(
    "may be %s, and are written back so",
    (encoding) => {
      const bytes = encodeText(plain.replaceAll("\n", "\r\n"), encoding);
      const decoded = decodeText(bytes);
      expect(decoded?.encoding).toBe(encoding);
      expect(parseKubeconfig("f", decoded?.text ?? "").contexts.map(({ name }) => name)).toEqual(["하나"]);
      expect(encodeText(decoded?.text ?? "", encoding)).toEqual(bytes);
    },
  );

  it("are refused with words where they are no text", async () => {
    const odd = encodeText(plain, "utf-16le").subarray(0, -1);
    for (const bytes of [odd, Buffer.from("kind: Config # \xe9\n", "latin1")]) {
      const file = path.join(folder, "config");
      await writeFile(file, bytes);
      const list = await new Kubeconfigs({ dataDir: folder, environment: { KUBECONFIG: file }, home: folder }).list();
      expect(list.files[0]?.error?.message).toBe(`${file}: it is not text in UTF-8 or UTF-16.`);
    }
    expect(() => parseKubeconfig("f", plain.replace("one", "\u0007"))).toThrow(
      "f, line 4: it is not YAML: control characters are not allowed.",
    );
  });
});

describe.skipIf(process.platform === "win32")("a file that a kubeconfig names", () => {
  const refused = async (kubeconfig: string): Promise<string | undefined> => {
    const kubeconfigs = new Kubeconfigs({ dataDir: folder, environment: { KUBECONFIG: kubeconfig }, home: folder });
    return (await kubeconfigs.list()).files[0]?.error?.message;
  };

  it("may be anything: pipes, devices and large files are refused at once", { timeout: 5000 }, async () => {
    const pipe = path.join(folder, "pipe");
    execFileSync("/usr/bin/env", ["mkfifo", pipe]);
    const large = path.join(folder, "large");
    await writeFile(large, "#".repeat((16 << 20) + 1));
    expect(await refused(pipe)).toBe(`${pipe}: it is not a regular file.`);
    expect(await refused("/dev/zero")).toBe("/dev/zero: it is not a regular file.");
    expect(await refused(large)).toBe(`${large}: it is larger than 16777216 bytes.`);
    await expect(readBounded(large, 1000)).rejects.toThrow("it is larger than 1000 bytes");
    expect((await readBounded(large, 20 << 20)).length).toBe((16 << 20) + 1);

    const context: ResolvedContext = {
      id: contextId.parse("i"),
      name: "x",
      file: "f",
      practice: false,
      cluster: { name: "c", server: "https://one.example", insecure: false, caFile: "/dev/zero" },
      user: { name: "u", tokenFile: pipe },
    };
    const credentials = new Credentials(context, { fetch: async () => ({}) });
    const because = message("kubeconfig.because", { why: message("kubeconfig.notRegular") });
    const unreadable = { code: "kubeconfig-unreadable", advice: [because] };
    await expect(credentials.tls()).rejects.toMatchObject(unreadable);
    await expect(credentials.headers()).rejects.toMatchObject(unreadable);
  });

  it("is read whatever it says of its size", async () => {
    const version = await readBounded("/proc/version", 10_000).catch(() => Buffer.from("Linux"));
    expect(version.toString()).toContain("Linux");
  });
});

describe("a kubeconfig's YAML", () => {
  it("takes no longer for many keys than for few", { timeout: 60_000 }, () => {
    const keys = Array.from({ length: 80_000 }, (_, index) => `k${index}: v\n`).join("");
    const begun = performance.now();
    expect(parseKubeconfig("f", plain + keys).contexts).toHaveLength(1);
    const list = Array.from({ length: 8_000 }, (_, index) => `- &a${index} {a: 1}\n- *a${index}\n`).join("");
    expect(parseKubeconfig("f", `${plain}other:\n${list}`).contexts).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(30_000);
  });

  it("may be followed by other documents, which are not read", () => {
    for (const more of ["---\n", "---\n# nothing\n", `---\n${plain.replace("하나", "둘")}`, "...\n", "---\n: {[\n"]) {
      expect(parseKubeconfig("f", plain + more).contexts.map(({ name }) => name)).toEqual(["하나"]);
    }
  });

  it("says where aliases go wrong", () => {
    const wrong = (text: string) => () => parseKubeconfig("f", plain + text);
    expect(wrong("x: *gone\n")).toThrow('f, line 8: it is not YAML: there is no anchor named "gone" before it.');
    expect(wrong("x: &x [*x]\n")).toThrow('f, line 8: it is not YAML: the anchor "x" contains itself.');
    const bomb = Array.from({ length: 20 }, (_, index) => `b${index + 1}: &b${index + 1} [*b${index}, *b${index}]\n`);
    expect(wrong(`b0: &b0 [1]\n${bomb.join("")}`)).toThrow("its aliases expand to too much");
  });
});

describe("a server", () => {
  it.each([
    ["127.0.0.1:8001", "http://127.0.0.1:8001"],
    ["localhost:8001", "http://localhost:8001"],
    ["[::1]:8001/", "http://[::1]:8001"],
    ["kube", "http://kube"],
    ["HTTPS://kube:6443/", "https://kube:6443"],
    ["https://kube/k8s/clusters/c-1//", "https://kube/k8s/clusters/c-1"],
    ["https://kube/a?b=c#d", "https://kube/a"],
  ])("written as %s is %s", (written, address) => expect(serverAddress(written)).toBe(address));

  it.each([
    "kube/path",
    "/kube",
    "//kube",
    "https:kube",
    "https:///kube",
    "ftp://kube",
    " https://kube",
    "https://ku be",
    "https://kube:port",
    "https://ku\\be",
  ])("written as %s is none", (written) => expect(serverAddress(written)).toBeUndefined());
});
