import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textOf, verbatim } from "../../../common/words/index.ts";
import { askDns } from "../../../electron/way-in/dns.ts";
import { startDns } from "./dns-server.ts";

describe("the DNS record of a way in", () => {
  let dns: Awaited<ReturnType<typeof startDns>>;
  beforeAll(async () => {
    dns = await startDns({
      "kubeflow.example.com": ["203.0.113.10"],
      "lb.example.net": ["203.0.113.10"],
      "other.example.com": ["203.0.113.99"],
      "slow.example.com": "silent",
    });
  });
  afterAll(() => dns.close());
  const ask = (name: string, to: string[]) =>
    askDns(name, to, { servers: [dns.server], timeoutMs: 300, signal: AbortSignal.timeout(10_000) });
  const words = ({ why }: Awaited<ReturnType<typeof ask>>) => textOf(why ?? verbatim(""), "en");

  it("is right where the name leads to an address of the installation, or to its load balancer's name", async () => {
    expect(await ask("kubeflow.example.com", ["203.0.113.10"])).toEqual({
      name: "kubeflow.example.com",
      record: { type: "A", to: "203.0.113.10" },
      found: ["203.0.113.10"],
      state: "right",
    });
    expect(await ask("kubeflow.example.com", ["lb.example.net"])).toMatchObject({
      record: { type: "CNAME", to: "lb.example.net" },
      state: "right",
    });
    expect(await ask("kubeflow.example.com", ["10.0.0.1", "203.0.113.10"])).toMatchObject({ state: "right" });
    expect(await ask("kubeflow.example.com", ["2001:db8::1"])).toMatchObject({
      record: { type: "AAAA" },
      state: "other",
    });
  });

  it("says what it has where that leads elsewhere", async () => {
    const answer = await ask("other.example.com", ["203.0.113.10"]);
    expect(answer).toMatchObject({ state: "other", found: ["203.0.113.99"] });
    expect(words(answer)).toBe("other.example.com points to 203.0.113.99, not to 203.0.113.10.");
  });

  it("says that there is none, that only this computer has it, or that nobody answers", async () => {
    const none = await ask("nothing.example.invalid", ["203.0.113.10"]);
    expect(none).toMatchObject({ state: "missing", record: { type: "A", to: "203.0.113.10" } });
    expect(words(none)).toBe("nothing.example.invalid is not in DNS.");
    expect(await ask("localhost", ["203.0.113.10"])).toMatchObject({ state: "hosts" });
    const slow = await ask("slow.example.com", ["203.0.113.10"]);
    expect(slow.state).toBe("failed");
    expect(words(slow)).toBe("DNS did not answer for slow.example.com: no answer within 0.3 s");
  });
});
