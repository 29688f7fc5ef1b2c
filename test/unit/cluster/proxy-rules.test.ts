import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseProxy, proxyOfEnvironment } from "../../../electron/cluster/proxy-rules.ts";

const proxy = "http://proxy.example:3128";

/** [NO_PROXY, server, whether the proxy is used]: the table of Go's own tests (httpproxy/proxy_test.go), and what they leave out. */
const table: [noProxy: string, server: string, proxied: boolean][] = [
  // Never for this machine.
  ["", "https://localhost", false],
  ["", "https://localhost:6443", false],
  ["", "https://127.0.0.1:6443", false],
  ["", "https://127.1.2.3", false],
  ["", "https://[::1]:6443", false],
  ["", "https://[::ffff:127.0.0.1]", false],
  ["", "https://[::2]", true],
  ["", "https://local.localhost", true],
  ["", "https://example.com", true],
  // Domains, with and without a dot, a star or a port.
  ["foobar.com", "https://foobar.com", false],
  ["foobar.com", "https://www.foobar.com", false],
  ["foobar.com", "https://foofoobar.com", true],
  [".foobar.com", "https://foobar.com", true],
  [".foobar.com", "https://www.foobar.com", false],
  ["*.foobar.com", "https://www.foobar.com", false],
  ["*.foobar.com", "https://foobar.com", true],
  ["foobar.com:6443", "https://foobar.com:6443", false],
  ["foobar.com:6443", "https://foobar.com", true],
  ["foobar.com:443", "https://foobar.com", false],
  [".foobar.com:6443", "https://a.foobar.com:6443", false],
  ["FOOBAR.com", "https://FooBar.COM", false],
  [" a.example , foobar.com ,,", "https://foobar.com", false],
  ["bücher.example", "https://xn--bcher-kva.example", false],
  ["xn--bcher-kva.example", "https://bücher.example", false],
  ["example", "https://barbaz.net", true],
  [".", "https://barbaz.net", true],
  // Addresses and networks.
  ["192.0.2.10", "https://192.0.2.10:6443", false],
  ["192.0.2.10:6443", "https://192.0.2.10:6443", false],
  ["192.0.2.10:443", "https://192.0.2.10:6443", true],
  ["192.0.2.1", "https://192.0.2.10", true],
  ["192.0.2.0/24", "https://192.0.2.10:6443", false],
  ["192.0.2.77/24", "https://192.0.2.10", false],
  ["192.0.2.0/29", "https://192.0.2.10", true],
  ["0.0.0.0/0", "https://192.0.2.10", false],
  ["0.0.0.0/0", "https://[2001:db8::1]", true],
  ["10.0.0.0/33", "https://10.0.0.1", true],
  ["10.0.0.0/8:6443", "https://10.0.0.1:6443", true],
  ["10.0.0.0/08", "https://10.0.0.1", false],
  ["10.0.0/8", "https://10.0.0.1", true],
  ["010.0.0.0/8", "https://10.0.0.1", true],
  ["2001:db8::/32", "https://[2001:db8::1]", false],
  ["2001:db8::/32", "https://[2001:db9::1]", true],
  ["2001:db8::1", "https://[2001:db8::1]:6443", false],
  ["[2001:db8::1]:6443", "https://[2001:db8::1]:6443", false],
  ["[2001:db8::1]:443", "https://[2001:db8::1]:6443", true],
  ["[2001:db8::1]", "https://[2001:db8::1]", true],
  ["::ffff:10.0.0.0/104", "https://10.9.9.9", false],
  ["::ffff:10.0.0.1", "https://10.0.0.1", false],
  ["10.0.0.0/8", "https://[::ffff:10.0.0.1]", false],
  ["10.0.0.0/8", "https://api.10.example", true],
  ["0.1", "https://10.0.0.1", true],
  // All.
  ["*", "https://example.com", false],
  ["a.example,*", "https://192.0.2.10", false],
  ["*:443", "https://example.com", true],
  [":443", "https://example.com", true],
];

describe("the environment's proxy", () => {
  it.each(table)("NO_PROXY=%s, %s: %s", (noProxy, server, proxied) => {
    const environment = { HTTPS_PROXY: proxy, NO_PROXY: noProxy };
    expect(proxyOfEnvironment(server, environment) !== undefined).toBe(proxied);
    const lower = { https_proxy: proxy, no_proxy: noProxy };
    expect(proxyOfEnvironment(server, lower) !== undefined).toBe(proxied);
  });

  it("is chosen by the server's scheme, the upper-case variable first", () => {
    const environment = { HTTP_PROXY: "http://a:1", http_proxy: "http://b:2", https_proxy: "http://c:3" };
    expect(proxyOfEnvironment("http://example.com", environment)?.host).toBe("a:1");
    expect(proxyOfEnvironment("https://example.com", environment)?.host).toBe("c:3");
    expect(proxyOfEnvironment("https://example.com", { HTTP_PROXY: "http://a:1" })).toBeUndefined();
    expect(proxyOfEnvironment("https://example.com", { HTTPS_PROXY: "", https_proxy: "c:3" })?.host).toBe("c:3");
    expect(proxyOfEnvironment("https://example.com", { HTTPS_PROXY: proxy, REQUEST_METHOD: "GET" })).toBeDefined();
    expect(proxyOfEnvironment("https://example.com", { ALL_PROXY: proxy })).toBeUndefined();
  });

  it("may be written without a scheme", () => {
    expect(parseProxy("proxy.example:3128")?.href).toBe("http://proxy.example:3128/");
    expect(parseProxy("10.0.0.1:3128")?.href).toBe("http://10.0.0.1:3128/");
    expect(parseProxy("ada:pw@proxy.example:3128")?.username).toBe("ada");
    expect(parseProxy("[2001:db8::1]:3128")?.hostname).toBe("[2001:db8::1]");
    expect(parseProxy("socks5://[2001:db8::1]:1080")?.port).toBe("1080");
    expect(parseProxy("proxy.example")?.host).toBe("proxy.example");
    expect(parseProxy("")).toBeUndefined();
    expect(parseProxy("not an address")).toBeUndefined();
  });
});

const program = `package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
)

// One process for each environment: Go reads it once.
func main() {
	if len(os.Args) > 1 {
		request, err := http.NewRequest("GET", os.Args[1], nil)
		if err != nil {
			fmt.Print("invalid")
			return
		}
		proxy, err := http.ProxyFromEnvironment(request)
		fmt.Print(proxy != nil && err == nil)
		return
	}
	var rows [][2]string
	json.NewDecoder(os.Stdin).Decode(&rows)
	answers := []string{}
	for _, row := range rows {
		command := exec.Command(os.Args[0], row[1])
		command.Env = []string{"HTTPS_PROXY=${proxy}", "NO_PROXY=" + row[0]}
		answer, _ := command.Output()
		answers = append(answers, string(answer))
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
`;

const go = process.platform === "win32" ? "go.exe" : "go";

function hasGo(): boolean {
  try {
    return execFileSync(go, ["version"], { encoding: "utf8" }).startsWith("go version");
  } catch {
    return false;
  }
}

describe.skipIf(!hasGo())(`the table${hasGo() ? "" : " (no Go here to ask)"}`, () => {
  it("is what Go says", () => {
    const folder = mkdtempSync(join(tmpdir(), "flowdeck-proxy-rules-"));
    try {
      writeFileSync(join(folder, "main.go"), program);
      // As kubectl gets it: names in their ASCII form.
      const rows = table.map(([noProxy, server]) => [noProxy, new URL(server).href]);
      const options = { cwd: folder, input: JSON.stringify(rows), encoding: "utf8" as const };
      const said: unknown = JSON.parse(execFileSync(go, ["run", "main.go"], options));
      expect(said).toEqual(table.map(([, , proxied]) => String(proxied)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
