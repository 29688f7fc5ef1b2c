import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { contextId } from "../../../common/contract/index.ts";
import { Credentials } from "../../../electron/cluster/credentials.ts";

const folder = mkdtempSync(join(tmpdir(), "oidc-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${Buffer.from("signature").toString("base64url")}`;
}

function certificate(): { key: Buffer; cert: Buffer } | undefined {
  const [key, cert] = [join(folder, "key"), join(folder, "cert")];
  try {
    const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    const name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync("/usr/bin/env", ["openssl", ...words, ...name, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return undefined;
  }
}

const tls = certificate();

it.skipIf(tls === undefined)(
  "an expired id-token is renewed once, with the refresh token (needs openssl)",
  async () => {
    if (tls === undefined) return;
    const asked: string[] = [];
    let issuer = "";
    const server = createServer(tls, async (request, response) => {
      const json = (body: object) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
      if (request.url === "/.well-known/openid-configuration") {
        json({
          issuer,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ["code"],
        });
        return;
      }
      const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
      asked.push(`${form.get("grant_type")} ${form.get("refresh_token")}`);
      const now = Math.floor(Date.now() / 1000);
      const id_token = jwt({ iss: issuer, aud: "desk", sub: "ann", iat: now, exp: now + 3600 });
      json({ access_token: "a", token_type: "bearer", id_token, refresh_token: "second", expires_in: 3600 });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const config = {
        "idp-issuer-url": issuer,
        "idp-certificate-authority-data": tls.cert.toString("base64"),
        "client-id": "desk",
        "client-secret": "s",
        "id-token": jwt({ exp: 1 }),
        "refresh-token": "first",
      };
      const credentials = new Credentials(
        {
          id: contextId.parse("i"),
          name: "x",
          file: "f",
          practice: false,
          cluster: { name: "c", server: "https://one.example", insecure: false },
          user: { name: "u", authProvider: { name: "oidc", config } },
        },
        { fetch: async () => ({}) },
      );
      const [one, two] = await Promise.all([credentials.headers(), credentials.headers()]);
      expect(one.authorization).toMatch(/^Bearer ey/);
      expect([two, await credentials.headers()]).toEqual([one, one]);
      expect(asked).toEqual(["refresh_token first"]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);
