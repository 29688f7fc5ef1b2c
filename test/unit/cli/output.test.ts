import { describe, expect, it } from "vitest";
import { fixOf, type LogEntry } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { languageOf } from "../../../electron/app/language.ts";
import { createOutput, table } from "../../../electron/cli/output.ts";

function terminal(isTTY: boolean, columns = 60) {
  let text = "";
  return {
    isTTY,
    columns,
    write: (part: string) => {
      text += part;
    },
    get text() {
      return text;
    },
  };
}

const entry: LogEntry = {
  seq: 1,
  time: "t",
  level: "ok",
  event: "applied",
  component: "katib",
  message: "done",
  tookMs: 41,
};

describe("a command's output", () => {
  it("in plain lines says how far it is once a tenth", () => {
    const out = terminal(false);
    const output = createOutput(false, out, terminal(false));
    for (let percent = 0; percent <= 30; percent += 1) output.progress(percent / 100, `at ${percent}`);
    output.log(entry);
    expect(out.text.split("\n")).toEqual([
      "  0% at 0",
      " 10% at 10",
      " 20% at 20",
      " 30% at 30",
      "✓ katib: done (41 ms)",
      "",
    ]);
  });

  it("at a terminal draws one line in place, within its width, and lines above it", () => {
    const out = terminal(true, 40);
    const output = createOutput(false, out, terminal(true));
    output.progress(0.5, "a label that is longer than the terminal is wide");
    const [drawn = ""] = out.text.split("\r");
    expect(drawn).toHaveLength(39);
    expect(drawn).toContain("████████████░░░░░░░░░░░░  50%");
    output.say("a line");
    expect(out.text.slice(drawn.length)).toBe("\r\x1b[2Ka line\n");
  });

  it("says what a log has for people in the system's language, and names as they are", () => {
    const out = terminal(false);
    const output = createOutput(false, out, terminal(false), "ko");
    output.log({ ...entry, message: "The start page responds", said: message("installLog.answers") });
    output.log({ ...entry, message: "Deployment kubeflow/katib" });
    expect(out.text.split("\n").slice(0, 2)).toEqual([
      "✓ katib: 시작 페이지가 응답합니다 (41 ms)",
      "✓ katib: Deployment kubeflow/katib (41 ms)",
    ]);
  });

  it("as JSON is one object a line and no text", () => {
    const out = terminal(true);
    const output = createOutput(true, out, terminal(true));
    output.say("for people");
    output.log(entry);
    output.progress(0.5, "label", { fraction: 0.5, extra: 1 });
    output.result("plan", { objects: 2 }, ["2 objects"]);
    output.error({ code: "busy", message: "No." });
    expect(
      out.text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { type: "log", data: entry },
      { type: "progress", data: { fraction: 0.5, extra: 1 } },
      { type: "plan", data: { objects: 2 } },
      { type: "error", data: { code: "busy", message: "No." } },
    ]);
  });

  it("shows an error with its detail and what helps, apart from results", () => {
    const out = terminal(false);
    const err = terminal(false);
    createOutput(false, out, err).error({
      code: "forbidden",
      message: "No.",
      detail: "a\nb",
      fix: { id: "x", title: "Ask" },
    });
    expect(err.text).toBe("✗ No.\n  a\n  b\n  → Ask\n");
    expect(out.text).toBe("");
  });

  it("shows errors in the system's language, and characters that turn text around by their codes at a terminal", () => {
    const error = { code: "busy", message: "Canceled.", said: message("call.cancelled") } as const;
    const err = terminal(true);
    createOutput(false, terminal(true), err, languageOf({ LANG: "ko_KR.UTF-8" })).error(error);
    expect(err.text).toContain("✗ 취소되었습니다.");
    const out = terminal(true);
    createOutput(false, out, terminal(true)).say("a\u202eb");
    expect(out.text).not.toContain("\u202e");
    const piped = terminal(false);
    createOutput(false, piped, terminal(false)).say("a\u202eb");
    expect(piped.text).toBe("a\u202eb\n");
  });

  it.each([
    [{ LANG: "ko_KR.UTF-8" }, "ko"],
    [{ LC_ALL: "ko", LANG: "en_US.UTF-8" }, "ko"],
    [{ LC_ALL: "C.UTF-8", LANG: "ko_KR.UTF-8" }, "en"],
    [{ LC_MESSAGES: "en_US.UTF-8", LANG: "ko_KR.UTF-8" }, "en"],
    [{ LANG: "kok_IN" }, "en"],
    [{}, "en"],
  ] as const)("is in the language that %j asks for", (variables, language) => {
    expect(languageOf(variables)).toBe(language);
  });

  it("gives programs the same JSON in every language", () => {
    const out = terminal(false);
    const output = createOutput(true, out, terminal(false), "ko");
    output.progress(0.5, output.text(message("call.cancelled")));
    expect(JSON.parse(out.text)).toEqual({ type: "progress", data: { fraction: 0.5, label: "Canceled." } });
  });

  it("says what can be done in the system's language, and as it was said where only that is known", () => {
    const err = terminal(false);
    const output = createOutput(false, terminal(false), err, "ko");
    output.error({ code: "busy", message: "No.", fix: fixOf("plan-again", message("fix.planAgain")) });
    output.error({ code: "busy", message: "No.", fix: { id: "plan-again", title: "Plan again" } });
    expect(err.text).toBe("✗ No.\n  → 계획 다시 만들기\n✗ No.\n  → Plan again\n");
  });

  it("lines up columns and cuts lines by how wide letters are", () => {
    const rows = table(
      ["상태", "B"],
      [
        ["설치됨", "1"],
        ["x", "2"],
      ],
    );
    expect(rows).toEqual(["상태    B", "설치됨  1", "x       2"]);
    const out = terminal(true, 41);
    createOutput(false, out, terminal(true)).progress(0, "가나다라마바사아자차카타파하");
    expect(out.text).toBe(`${"░".repeat(24)}   0% 가나다라…`);
  });

  it("lines up a table's columns", () => {
    expect(
      table(
        ["A", "LONG"],
        [
          ["x", "1"],
          ["longer", "2"],
        ],
      ),
    ).toEqual(["A       LONG", "x       1", "longer  2"]);
  });
});
