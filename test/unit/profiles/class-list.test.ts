import { describe, expect, it } from "vitest";
import { decodeTable } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { readClassList } from "../../../electron/profiles/class-list.ts";

const errorsOf = (text: string) => readClassList(text).errors.map(({ line, said }) => `${line}: ${textOf(said, "en")}`);
const medium = {
  ...{ cpu: "8", memory: "32Gi", "requests.nvidia.com/gpu": "1" },
  ...{ "requests.storage": "100Gi", pods: "60" },
};

describe("a class list", () => {
  it("is read as spreadsheets of any country save it", () => {
    const entry = {
      profile: "ann",
      owner: "ann@example.com",
      members: [
        { user: "bob@example.com", role: "view" },
        { user: "cy@example.com", role: "edit" },
      ],
      hard: medium,
    };
    const members = "bob@example.com:view cy@example.com";
    const tables = [
      `profile,owner,members,quota\nann,ann@example.com,${members},medium\n`,
      `\uFEFFprofile,owner,members,quota\r\nann,ann@example.com,"${members}",Medium\r\n`,
      `profile;owner;members;quota\rann;ann@example.com;"bob@example.com:view;cy@example.com:edit";medium\r`,
      `quota\tmembers\tOwner\tProfile\nmedium\t${members}\tann@example.com\tann\n\t\t\t\n`,
      `프로파일,소유자,구성원,쿼터\nann,ann@example.com,${members},medium`,
    ];
    for (const table of tables) expect(readClassList(table)).toEqual({ entries: [{ line: 2, ...entry }], errors: [] });
  });

  it("takes a quota as amounts, in one cell or in columns, or leaves it as it is", () => {
    const { entries, errors } = readClassList(
      [
        "profile,owner,quota,cpu,memory",
        "a,a@x.com,cpu=2 memory=4Gi gpu=1,,",
        "b,b@x.com,,2,4Gi",
        "c,c@x.com,,,",
        "d,d@x.com,none,,",
      ].join("\n"),
    );
    expect(errors).toEqual([]);
    expect(entries.map(({ hard }) => hard)).toEqual([
      { cpu: "2", memory: "4Gi", "requests.nvidia.com/gpu": "1" },
      { cpu: "2", memory: "4Gi" },
      undefined,
      {},
    ]);
  });

  it("names every line that is broken, and why", () => {
    expect(
      errorsOf(
        [
          "profile,owner,members,quota",
          "Ann,ann@example.com,,",
          'bob,"=HYPERLINK(""http://evil"",""x"")",,',
          "cy,cy@example.com,eve@example.com:admin,",
          "dan,dan@example.com,,huge",
          "eve,eve@example.com,,cpu=lots",
          "fay,fay@example.com",
          "gus,gus@example.com,a.b@x.com a-b@x.com,",
          '"hal',
        ].join("\n"),
      ),
    ).toEqual([expect.stringMatching(/^9: This is not a CSV table: Quote Not Closed/)]);
    expect(
      errorsOf(
        [
          "profile,owner,members,quota",
          "Ann,ann@example.com,,",
          'bob,"=HYPERLINK(""http://evil"",""x"")",,',
          "cy,cy@example.com,eve@example.com:admin,",
          "dan,dan@example.com,,huge",
          "eve,eve@example.com,,cpu=lots",
          "fay,fay@example.com",
          "gus,gus@example.com,a.b@x.com a-b@x.com,",
          "cy,cy@example.com,,",
          'ida,ida@example.com,"a@x.com\na@x.com",',
          "jan,jan@example.com,jan@example.com,",
        ].join("\n"),
      ).map((one) => one.slice(0, 61)),
    ).toEqual([
      "2: Ann can't be a profile's name: it may have lowercase lette",
      '3: =HYPERLINK("http://evil","x") starts like a spreadsheet fo',
      "4: eve@example.com:admin has no such role: write view or edit",
      "5: huge is not a quota. Use one of small, medium, large, none",
      "6: lots is not an amount of cpu.",
      "7: This line has 2 fields, the first line 4.",
      "8: a-b@x.com can't be added to gus: the name user-a-b-x-com-c",
      "9: Profile cy is in line 4 already.",
      "10: a@x.com is in this line twice.",
      "12: jan@example.com already owns jan and can do everything in",
    ]);
  });

  it("needs its columns", () => {
    expect(errorsOf("")).toEqual(["1: The list has no rows."]);
    expect(errorsOf("profile,owner\n")).toEqual(["1: The list has no rows."]);
    expect(errorsOf("ann,ann@example.com\nbob,bob@example.com")).toEqual([
      expect.stringContaining("There is no column ann."),
      expect.stringContaining("There is no column ann@example.com."),
      "1: The first line must name the columns. Missing: profile, owner.",
    ]);
    expect(errorsOf("profile,owner,owner\na,a@x.com,b@x.com")).toEqual(["1: The column owner is there twice."]);
    expect(errorsOf("__proto__,constructor\na,b")[0]).toContain("There is no column __proto__.");
  });

  it("is refused when it is too large to be one, without reading it", () => {
    const row = "ann,ann@example.com\n";
    expect(() => readClassList(`profile,owner\n${row.repeat(500_000)}`)).toThrow(/10.1 MB; a list can have up to 1 MB/);
    expect(errorsOf(`profile,owner\n${row.repeat(501)}`)).toEqual([
      "1: The list has 501 rows; a list can have up to 500.",
    ]);
  });
});

it("decodes what spreadsheets write", () => {
  const text = "프로파일,소유자";
  const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
  expect(decodeTable(utf16)).toBe(text);
  expect(decodeTable(Buffer.from(text))).toBe(text);
  // 프로파일 in the encoding of Korean Windows
  expect(decodeTable(Uint8Array.of(0xc7, 0xc1, 0xb7, 0xce, 0xc6, 0xc4, 0xc0, 0xcf))).toBe("프로파일");
});
