import { describe, expect, it } from "vitest";
import { Resume } from "../../../electron/logs/resume.ts";

function take(resume: Resume, lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const bytes = Buffer.from(line);
    return resume.take(bytes, 0, bytes.length) !== "known";
  });
}

/** Lines of one log: several in each second, some of the same instant, some equal but for their time. */
const log = [
  "2026-01-02T03:04:05.1Z a",
  "2026-01-02T03:04:05.9Z b",
  "2026-01-02T03:04:06Z c",
  "2026-01-02T03:04:06.5Z d",
  "2026-01-02T03:04:06.5Z d",
  "2026-01-02T03:04:06.50001Z e",
  "2026-01-02T03:04:06.7Z f",
  "2026-01-02T03:04:07.1Z g",
  "2026-01-02T03:04:09Z h",
];

/** What a kubelet gives for a `sinceTime` of whole seconds. */
const since = (lines: readonly string[], time: string | undefined) =>
  lines.filter((line) => time === undefined || line.slice(0, 19) >= time.slice(0, 19));

describe("going on after a break", () => {
  it("gives every line once, wherever the break is", () => {
    for (let first = 0; first <= log.length; first++) {
      for (let second = first; second <= log.length; second++) {
        const resume = new Resume();
        const seen = take(resume, log.slice(0, first));
        resume.begin();
        const again = since(log, resume.since);
        seen.push(...take(resume, again.slice(0, second - (log.length - again.length))));
        resume.begin();
        seen.push(...take(resume, since(log, resume.since)));
        expect(seen, `breaks after ${first} and ${second}`).toEqual(log);
      }
    }
  });

  it("does not bring back what the tail left out", () => {
    const resume = new Resume();
    expect(take(resume, log.slice(5, 6))).toEqual(log.slice(5, 6));
    resume.begin();
    expect(resume.since).toBe("2026-01-02T03:04:06Z");
    expect(take(resume, since(log, resume.since))).toEqual(log.slice(6));
  });

  it("knows lines also when they come in another order", () => {
    const resume = new Resume();
    take(resume, ["2026-01-02T03:04:06.3Z a", "2026-01-02T03:04:06.1Z b", "2026-01-02T03:04:06.5Z c"]);
    resume.begin();
    expect(
      take(resume, [
        "2026-01-02T03:04:06.3Z a",
        "2026-01-02T03:04:06.5Z c",
        "2026-01-02T03:04:06.1Z b",
        "2026-01-02T03:04:06.2Z late",
        "2026-01-02T03:04:07Z d",
      ]),
    ).toEqual(["2026-01-02T03:04:06.2Z late", "2026-01-02T03:04:07Z d"]);
  });

  it("says so when what was read before is gone", () => {
    const resume = new Resume();
    take(resume, ["2026-01-02T03:04:06.3Z a"]);
    resume.begin();
    const next = Buffer.from("2026-01-02T03:05:00Z z");
    expect(resume.take(next, 0, next.length)).toBe("newAfterGap");
    expect(take(resume, ["2026-01-02T03:05:00Z y"])).toHaveLength(1);
  });

  it("keeps the zone that the node writes in", () => {
    const resume = new Resume();
    take(resume, ["2026-01-02T12:04:06.3+09:00 a"]);
    expect(resume.since).toBe("2026-01-02T12:04:06+09:00");
  });

  it("asks for everything when nothing was read", () => {
    const resume = new Resume();
    expect(resume.since).toBeUndefined();
    resume.begin();
    expect(take(resume, log)).toEqual(log);
  });
});
