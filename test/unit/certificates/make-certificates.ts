import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether this computer has openssl, which makes the certificates of tests: no private key is in the repository. */
export const hasOpenssl = (() => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

export interface Pair {
  certificate: string;
  key: string;
}

export interface CertificateRequest {
  name: string;
  /** As `DNS:a.example.com` or `IP:10.0.0.1`. */
  names?: readonly string[];
  /** Absent: signed with its own key. */
  signedBy?: Pair;
  authority?: boolean;
  /** As openssl writes times: 20200101000000Z. */
  from?: string;
  to?: string;
  bits?: number;
  digest?: string;
  passphrase?: string;
}

/** Makes a certificate and its key with openssl, in a folder that is removed at once. */
export function makeCertificate(request: CertificateRequest): Pair {
  const folder = mkdtempSync(join(tmpdir(), "flowdeck-certificate-"));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  try {
    const { bits, passphrase, digest = "sha256", authority = false, names = [] } = request;
    if (bits === undefined) openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", at("key.pem"));
    else openssl("genrsa", "-out", at("key.pem"), String(bits));
    writeFileSync(
      at("ca.cnf"),
      [
        "[ca]\ndefault_ca=d\n[d]\ndir=.\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\npolicy=p\nunique_subject=no",
        `default_md=${digest}\n[p]\ncommonName=supplied\n[req]\ndistinguished_name=n\n[n]\n[x]`,
        `basicConstraints=critical,CA:${authority ? "TRUE" : "FALSE"}`,
        ...(names.length > 0 ? [`subjectAltName=${names.join(",")}`] : []),
      ].join("\n"),
    );
    writeFileSync(at("index.txt"), "");
    openssl(
      "req",
      "-new",
      "-config",
      at("ca.cnf"),
      "-key",
      at("key.pem"),
      "-subj",
      `/CN=${request.name}`,
      "-out",
      at("csr.pem"),
    );
    if (request.signedBy) {
      writeFileSync(at("signer.pem"), request.signedBy.certificate);
      writeFileSync(at("signer.key"), request.signedBy.key);
    }
    openssl(
      ...[
        "ca",
        "-config",
        at("ca.cnf"),
        "-batch",
        "-notext",
        "-extensions",
        "x",
        "-in",
        at("csr.pem"),
        "-out",
        at("cert.pem"),
      ],
      ...(request.signedBy
        ? ["-cert", at("signer.pem"), "-keyfile", at("signer.key")]
        : ["-selfsign", "-keyfile", at("key.pem")]),
      ...["-startdate", request.from ?? "20200101000000Z", "-enddate", request.to ?? "20491231235959Z"],
    );
    const key = passphrase === undefined ? "key.pem" : "locked.pem";
    if (passphrase !== undefined)
      openssl("pkcs8", "-topk8", "-in", at("key.pem"), "-out", at(key), "-passout", `pass:${passphrase}`);
    return { certificate: readFileSync(at("cert.pem"), "utf8"), key: readFileSync(at(key), "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
