import { describe, expect, it } from "vitest";
import {
  channels,
  endOfInputFrame,
  frame,
  isMissingProgram,
  readFrame,
  readStatus,
  resizeFrame,
} from "../../../electron/exec/frames.ts";

const failure = (more: object) => JSON.stringify({ kind: "Status", status: "Failure", ...more });

describe("messages of exec's channels", () => {
  it("carry the channel in the first byte, and any bytes after it", () => {
    const message = frame(channels.stdin, Buffer.of(0, 255, 10));
    expect([...message]).toEqual([0, 0, 255, 10]);
    expect(readFrame(message)).toEqual({ channel: 0, data: Buffer.of(0, 255, 10) });
    expect(readFrame(Buffer.alloc(0))).toBeUndefined();
    expect(readFrame(Buffer.of(1))).toEqual({ channel: 1, data: Buffer.alloc(0) });
  });

  it("tell the size as Kubernetes reads it", () => {
    const message = resizeFrame({ cols: 120, rows: 40 });
    expect(message[0]).toBe(channels.resize);
    expect(JSON.parse(message.subarray(1).toString())).toEqual({ Width: 120, Height: 40 });
  });

  it("tell the end of the input in v5, for which v4 has no word", () => {
    expect(endOfInputFrame("v5.channel.k8s.io")).toEqual(Buffer.of(255, 0));
    expect(endOfInputFrame("v4.channel.k8s.io")).toBeUndefined();
  });
});

describe("the last word on a command", () => {
  it("gives its exit code", () => {
    expect(readStatus(JSON.stringify({ status: "Success" }))).toEqual({ code: 0 });
    const causes = [
      { reason: "Other", message: "9" },
      { reason: "ExitCode", message: "42" },
    ];
    expect(readStatus(failure({ reason: "NonZeroExitCode", details: { causes } }))).toEqual({ code: 42 });
  });

  it("gives the server's words where there is no exit code", () => {
    expect(readStatus(failure({ reason: "InternalError", message: "container not running" }))).toEqual({
      problem: "container not running",
    });
    expect(readStatus(failure({ reason: "NonZeroExitCode", message: "no causes" }))).toEqual({ problem: "no causes" });
    expect(readStatus("plain text of an old kubelet\n")).toEqual({ problem: "plain text of an old kubelet" });
  });

  it("tells a program that the image lacks from one that failed", () => {
    const words = 'OCI runtime exec failed: exec: "bash": executable file not found in $PATH: unknown';
    expect(isMissingProgram({ problem: words })).toBe(true);
    expect(isMissingProgram({ code: 126 })).toBe(true);
    expect(isMissingProgram({ code: 127 })).toBe(true);
    expect(isMissingProgram({ code: 1 })).toBe(false);
    expect(isMissingProgram({ problem: "container not running" })).toBe(false);
  });
});
