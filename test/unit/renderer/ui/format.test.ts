import { beforeAll, describe, expect, it } from "vitest";
import { i18n, startI18n } from "../../../../renderer/i18n/index.ts";
import { formatBytes, formatClock, formatCpu, formatDuration, wholePercent } from "../../../../renderer/ui/format.ts";
import { quoted } from "../../../../renderer/ui/shell.ts";

describe("figures", () => {
  it("counts bytes in the units Kubernetes uses", () => {
    expect(formatBytes(0, "en")).toBe("0 B");
    expect(formatBytes(1023, "en")).toBe("1,023 B");
    expect(formatBytes(64 * 2 ** 20, "en")).toBe("64 MiB");
    expect(formatBytes(6.9 * 2 ** 30, "en")).toBe("6.9 GiB");
    expect(formatBytes(50 * 2 ** 30, "ko")).toBe("50 GiB");
  });

  it("writes little CPU in millicores", () => {
    expect(formatCpu(0.05, "en")).toBe("50m");
    expect(formatCpu(2.9, "en")).toBe("2.9");
    expect(formatCpu(0, "en")).toBe("0");
  });

  it("never says 100 % too early", () => {
    expect(wholePercent(0.999)).toBe(99);
    expect(wholePercent(1)).toBe(100);
    expect(wholePercent(0.29)).toBe(29); // 0.29 * 100 is 28.999…
    expect(wholePercent(-1)).toBe(0);
  });

  it("writes a clock time to the second", () => {
    expect(formatClock("2026-11-22T22:41:07", "en")).toBe("22:41:07");
    expect(formatClock("not a time", "en")).toBe("");
  });
});

describe("durations", () => {
  beforeAll(() => startI18n("en"));

  it("are told in both languages", async () => {
    const { t } = i18n;
    expect([0, 38_999, 60_000, 72_000, 7_500_000].map((ms) => formatDuration(ms, t))).toEqual([
      "0 s",
      "38 s",
      "1 min",
      "1 min 12 s",
      "2 h 5 min",
    ]);
    expect(formatDuration(72_000, i18n.getFixedT("ko"))).toBe("1분 12초");
  });
});

describe("shell arguments", () => {
  it("are quoted where a shell would take them apart", () => {
    expect(quoted("/home/user/kubeflow-1.0")).toBe("/home/user/kubeflow-1.0");
    expect(quoted("Hands On")).toBe("'Hands On'");
    expect(quoted("it's $HOME")).toBe(`'it'\\''s $HOME'`);
    expect(quoted("")).toBe("''");
  });
});
