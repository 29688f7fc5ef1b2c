import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { textOf, verbatim } from "../../../common/words/index.ts";
import { checkCertificate, readPem } from "../../../electron/certificates/index.ts";
import { hasOpenssl, makeCertificate } from "./make-certificates.ts";

describe.skipIf(!hasOpenssl)("a given certificate (made with openssl, where that is here)", () => {
  const host = "kubeflow.example.com";
  const names = [`DNS:${host}`];
  const root = makeCertificate({ name: "Root of tests", authority: true });
  const middle = makeCertificate({ name: "Intermediate", authority: true, signedBy: root });
  const leaf = makeCertificate({ name: host, names, signedBy: middle });
  const chain = leaf.certificate + middle.certificate + root.certificate;

  const check = (certificate: string, key = leaf.key, more: { host?: string; now?: Date } = {}) =>
    checkCertificate({ certificate, key, host, ...more });
  const said = (...args: Parameters<typeof check>) =>
    check(...args).problems.map(({ level, said: one }) => `${level}: ${textOf(one, "en")}`);

  it("is usable with its chain; a root of one's own is said", () => {
    const { facts, usable } = check(chain);
    expect(usable).toBe(true);
    expect(facts).toMatchObject({ subject: host, issuer: "Intermediate", names: [host], selfSigned: false });
    expect(said(chain)).toEqual(["warn: The chain ends with Root of tests, which this computer doesn't trust."]);
  });

  it("is refused for another host, and taken for one that its wildcard covers", () => {
    const wild = makeCertificate({ name: "*.example.com", names: ["DNS:*.example.com", "IP:10.1.2.3"] });
    expect(said(wild.certificate, wild.key)).toEqual(["warn: The certificate is signed with its own key."]);
    expect(check(wild.certificate, wild.key, { host: "10.1.2.3" }).usable).toBe(true);
    for (const other of ["example.com", "a.b.example.com", "10.1.2.4"]) {
      const found = check(wild.certificate, wild.key, { host: other });
      expect(found.usable).toBe(false);
      expect(textOf(found.problems[0]?.said ?? verbatim(""), "en")).toBe(
        `The certificate is for *.example.com, 10.1.2.3, not for ${other}.`,
      );
      expect(textOf(found.problems[0]?.advice ?? verbatim(""), "ko")).toContain(other);
    }
  });

  it("is refused where it names nobody but in its common name", () => {
    const old = makeCertificate({ name: host });
    expect(said(old.certificate, old.key)[0]).toBe(
      `bad: The certificate names no host: browsers ignore its common name ${host}.`,
    );
  });

  it("is refused before and after its time, and warned of three weeks ahead", () => {
    const brief = makeCertificate({ name: host, names, from: "20250101000000Z", to: "20250301000000Z" });
    const at = (date: string) => said(brief.certificate, brief.key, { now: new Date(date) });
    expect(at("2025-01-20")).toEqual(["warn: The certificate is signed with its own key."]);
    expect(at("2025-02-20")[0]).toMatch(/^warn: The certificate for kubeflow.example.com expires on /);
    expect(at("2025-03-02")[0]).toMatch(/^bad: The certificate for kubeflow.example.com expired on /);
    expect(at("2024-12-31")[0]).toMatch(/^bad: The certificate for kubeflow.example.com is not valid before /);
  });

  it("is refused with another's key, a protected one, or none", () => {
    expect(said(chain, middle.key)[0]).toBe(`bad: The private key belongs to another certificate than ${host}.`);
    const locked = makeCertificate({ name: host, names, passphrase: "secret words" });
    expect(said(locked.certificate, locked.key)[0]).toMatch(/^bad: The private key is protected by a passphrase/);
    expect(said(chain, "nothing")[0]).toBe("bad: This is not a private key in PEM format.");
    expect(said(chain, leaf.certificate)[0]).toBe("bad: This is not a private key in PEM format.");
  });

  it("is refused with a chain that is out of order, broken or damaged", () => {
    expect(said(leaf.certificate + root.certificate + middle.certificate)[0]).toBe(
      `bad: The certificates are not in order: ${host} should be followed by its issuer, Intermediate.`,
    );
    const impostor = makeCertificate({ name: "Intermediate", authority: true });
    expect(said(leaf.certificate + impostor.certificate)[0]).toBe(
      `bad: Intermediate in the chain did not sign ${host}, although it has the name of its issuer.`,
    );
    const damaged = middle.certificate.replace(/\n[A-Za-z0-9+/]{20}/, "\nAAAAAAAAAAAAAAAAAAAA");
    expect(said(leaf.certificate + damaged)[0]).toBe("bad: Certificate 2 of the chain can't be read.");
    expect(said("no certificate")).toEqual(["bad: This is not a certificate in PEM format."]);
  });

  it("is told to be incomplete where an intermediate certificate is missing", () => {
    const { usable } = check(leaf.certificate);
    expect(usable).toBe(true);
    expect(said(leaf.certificate)).toEqual([
      `warn: The chain ends with ${host}; the certificate of its issuer, Intermediate, is missing.`,
    ]);
  });

  it("is warned of with a short key or an old signature", () => {
    const weak = makeCertificate({ name: host, names, bits: 1024, digest: "sha1" });
    expect(said(weak.certificate, weak.key)).toEqual([
      "warn: The key has 1024 bits of RSA; browsers reject fewer than 2048.",
      "warn: The certificate is signed with SHA-1, which browsers reject.",
      "warn: The certificate is signed with its own key.",
    ]);
  });

  it("is read from files, and a file that is not there is named", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flowdeck-pem-"));
    try {
      await writeFile(join(folder, "chain.pem"), chain);
      const read = await readPem({ certificate: { path: join(folder, "chain.pem") }, key: { text: leaf.key } });
      expect(read).toEqual({ certificate: chain, key: leaf.key });
      const none = { path: join(folder, "none.pem") };
      await expect(readPem({ certificate: none, key: none })).rejects.toThrow(/none\.pem can't be read/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
