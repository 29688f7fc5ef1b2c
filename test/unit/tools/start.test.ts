import { describe, expect, it } from "vitest";
import { startOf } from "../../../electron/tools/index.ts";

const windows = { platform: "win32", env: { SystemRoot: "C:\\WINDOWS" } } as const;
const gcloud = "C:\\Program Files (x86)\\Google\\Cloud SDK\\bin\\gcloud.cmd";
const line = (...args: string[]) => startOf(gcloud, args, windows).args.at(-1);

describe("how a program is started", () => {
  it("is as it is where there is no cmd.exe, and for programs that are no batch files", () => {
    const args = ['"&calc', "%PATH%"];
    expect(startOf("/usr/bin/gcloud", args, { platform: "linux", env: {} })).toEqual({ file: "/usr/bin/gcloud", args });
    expect(startOf("/opt/gcloud.cmd", args, { platform: "linux", env: {} })).toEqual({ file: "/opt/gcloud.cmd", args });
    expect(startOf("C:\\aws.exe", args, windows)).toEqual({ file: "C:\\aws.exe", args });
  });

  it("is cmd.exe by its whole path for a batch file, with each argument quoted where it needs to be", () => {
    expect(startOf(gcloud, ["container", "clusters", "list", "--project", "my-project"], windows)).toEqual({
      file: "C:\\WINDOWS\\System32\\cmd.exe",
      args: ["/d", "/s", "/v:off", "/c", `""${gcloud}" container clusters list --project my-project"`],
      windowsVerbatimArguments: true,
    });
    expect(line("--file", "C:\\Users\\홍 길동\\kf (1).yaml", "a=b", "c,d", "")).toBe(
      `""${gcloud}" --file "C:\\Users\\홍 길동\\kf (1).yaml" "a=b" "c,d" """`,
    );
    expect(line("C:\\data\\")).toBe(`""${gcloud}" C:\\data\\"`);
  });

  it.each([
    '"',
    'a" & calc & "b',
    "%PATH%",
    "100%",
    "a^b",
    "a&b",
    "a|b",
    "a<b",
    "a>b",
    "!x!",
    "a\nb",
    "a\r",
    "a\u0000b",
    "a;b",
    "a'b",
    "`a`",
    "$(a)",
    "a\u200bb",
    "＂",
    "a\tb",
    "C:\\with space\\",
    "*",
    "?",
  ])("is refused with an argument that cmd.exe could take for something else: %j", (argument) => {
    expect(() => line("list", argument)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });

  it("is refused where the batch file's own path has such a character, and trusts no odd SystemRoot", () => {
    expect(() => startOf("C:\\100%\\az.cmd", [], windows)).toThrow();
    const { file } = startOf(gcloud, [], { platform: "win32", env: { SystemRoot: "\\\\evil\\share" } });
    expect(file).toBe("C:\\Windows\\System32\\cmd.exe");
    expect(startOf("C:\\AZ.CMD", [], { platform: "win32", env: {} }).file).toBe("C:\\Windows\\System32\\cmd.exe");
  });
});
