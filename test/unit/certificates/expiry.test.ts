import { describe, expect, it } from "vitest";
import { textOf } from "../../../common/words/index.ts";
import { expiryProblem } from "../../../electron/certificates/index.ts";

const validity = {
  subject: "kf.example.com",
  issuer: "Example CA",
  from: "2026-01-01T00:00:00Z",
  to: "2026-04-01T00:00:00Z",
};

/** The level and the text, so many days before the end. */
function said(days: number, renewed = false, from: string | undefined = validity.from): [string, string] | undefined {
  const now = Date.parse(validity.to) - days * 24 * 3600_000;
  const problem = expiryProblem({ ...validity, from }, { renewed, now });
  return problem && [problem.level, textOf(problem.said, "en")];
}

describe("the end of a certificate", () => {
  it("is said 30 days before it, by days from 7 on, and urgently on the last", () => {
    expect(said(31)).toBe(undefined);
    expect(said(29)?.[0]).toBe("warn");
    expect(said(29)?.[1]).toMatch(/^The certificate for kf\.example\.com expires on .*2026/);
    expect(said(6.5)).toEqual(["warn", expect.stringMatching(/in 6 days\.$/)]);
    expect(said(1.5)).toEqual(["warn", expect.stringMatching(/in 1 day\.$/)]);
    expect(said(0.5)?.[0]).toBe("bad");
    expect(said(-1)).toEqual(["bad", expect.stringMatching(/^The certificate for kf\.example\.com expired on /)]);
  });

  it("is no matter where cert-manager still renews it in time", () => {
    expect(said(29, true)).toBe(undefined);
    expect(said(6, true)?.[0]).toBe("warn");
    // One of six days is renewed when two are left.
    expect(said(2.5, true, "2026-03-26T00:00:00Z")).toBe(undefined);
    expect(said(0.9, true, "2026-03-26T00:00:00Z")?.[0]).toBe("bad");
  });

  it("says who has to do what", () => {
    const now = Date.parse("2026-05-01");
    expect(expiryProblem(validity, { renewed: false, now })?.advice).toMatchObject({ id: "wayIn.expiredWay" });
    expect(expiryProblem(validity, { renewed: true, now })?.advice).toMatchObject({ id: "wayIn.soonRenewed" });
  });
});
