import { describe, expect, it } from "vitest";
import { clashes, commandOf, type KeyContext, keyOfCommand } from "../../../../renderer/state/keys.ts";
import { isLetter, isSingle, type KeyPress, keyName, shownKey } from "../../../../renderer/ui/key-names.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...more,
});

describe("a key's name", () => {
  it.each([
    [press("k", { ctrlKey: true }), "Mod+K"],
    [press("K", { ctrlKey: true, shiftKey: true }), "Mod+Shift+K"],
    [press("d", { shiftKey: true }), "Shift+D"],
    [press("?", { shiftKey: true }), "?"],
    [press(":", { shiftKey: true }), ":"],
    [press("/"), "/"],
    [press("l"), "L"],
    [press("ㅣ", { code: "KeyL" }), "L"],
    [press("F6", { shiftKey: true }), "Shift+F6"],
    [press("ArrowLeft", { altKey: true }), "Alt+ArrowLeft"],
    [press("`", { ctrlKey: true, code: "Backquote" }), "Mod+`"],
    [press("₩", { ctrlKey: true, code: "Backquote" }), "Mod+`"],
    [press(" "), "Space"],
    [press("Escape"), "Escape"],
    [press("Shift", { shiftKey: true }), undefined],
    [press("Process", { code: "KeyL" }), undefined],
  ])("%o is %s", (given, name) => expect(keyName(given, false)).toBe(name));

  it("has Cmd as Mod on a Mac, and Ctrl as a key of its own", () => {
    expect(keyName(press("k", { metaKey: true }), true)).toBe("Mod+K");
    expect(keyName(press("k", { ctrlKey: true }), true)).toBe("Ctrl+K");
    expect(keyName(press("k", { metaKey: true }), false)).toBe("Meta+K");
  });

  it("is a single one, a letter, or neither", () => {
    expect([":", "L", "Shift+D", "Mod+K", "F6", "Escape"].map(isSingle)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect([":", "L", "Shift+D", "Mod+K"].map(isLetter)).toEqual([false, true, true, false]);
  });

  it("is shown as keyboards write it", () => {
    expect(shownKey("Mod+Shift+P", false)).toBe("Ctrl Shift P");
    expect(shownKey("Mod+K", true)).toBe("⌘ K");
    expect(shownKey("Mod++", false)).toBe("Ctrl +");
    expect(shownKey("Alt+ArrowLeft", false)).toBe("Alt ←");
  });
});

describe("the command of a key", () => {
  const commands = [
    { id: "palette:open", keys: "Mod+K" },
    { id: "palette:line", keys: ":" },
    { id: "go:back", keys: "[" },
    { id: "region:next", keys: "F6" },
    { id: "browse:copy", keys: "C", scope: "table" as const },
    { id: "browse:markAll", keys: "Mod+A", scope: "table" as const },
    { id: "object:logs", keys: "L", scope: "table" as const },
  ];
  const there: KeyContext = { place: "rows", chosen: {}, singles: true, mac: false };
  const of = (key: string, more: Partial<KeyContext> = {}) => commandOf(key, commands, { ...there, ...more })?.id;

  it("is found among rows", () => {
    expect(["Mod+K", ":", "L", "X"].map((key) => of(key))).toEqual([
      ...["palette:open", "palette:line", "object:logs"],
      undefined,
    ]);
    // The rows themselves do it, and a text field does something else.
    expect(of("Mod+A")).toBeUndefined();
  });

  it("takes no letter where there are no rows, and no sign where text is typed", () => {
    expect(of("L", { place: "elsewhere" })).toBeUndefined();
    expect(of(":", { place: "elsewhere" })).toBe("palette:line");
    expect(of(":", { place: "text" })).toBeUndefined();
    expect(of("Mod+A", { place: "text" })).toBeUndefined();
    expect(of("Mod+K", { place: "text" })).toBe("palette:open");
  });

  it("takes no key of one character when they are turned off", () => {
    expect([of("L", { singles: false }), of(":", { singles: false }), of("Mod+K", { singles: false })]).toEqual([
      ...[undefined, undefined, "palette:open"],
    ]);
  });

  it("leaves a terminal its keys, but for those that lead out of it", () => {
    const place = "terminal";
    expect(["Mod+K", "L", ":", "Mod+A", "Alt+ArrowLeft"].map((key) => of(key, { place }))).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
    expect(of("Mod+Shift+P", { place })).toBe("palette:open");
    expect(of("F6", { place })).toBe("region:next");
    expect(of("Mod+K", { place, mac: true })).toBe("palette:open");
  });

  it("leaves a dialog its keys", () => {
    expect(of("F6", { place: "dialog" })).toBeUndefined();
    expect(of("Mod+K", { place: "dialog" })).toBe("palette:open");
  });

  it("goes back with the key of browsers, but not in the middle of a text", () => {
    expect(of("Alt+ArrowLeft")).toBe("go:back");
    expect(of("Alt+ArrowLeft", { place: "text" })).toBeUndefined();
  });

  it("is the user's choice, which may be none", () => {
    const chosen = { "object:logs": "Shift+L", "browse:copy": "" };
    expect([of("Shift+L", { chosen }), of("L", { chosen }), of("C", { chosen })]).toEqual([
      ...["object:logs", undefined, undefined],
    ]);
    expect(keyOfCommand({ id: "browse:copy", keys: "C" }, chosen)).toBeUndefined();
  });

  it("is a log's own among its lines, and only there", () => {
    const some = [...commands, { id: "logs:last", keys: "[", scope: "log" as const }];
    const inPlace = (key: string, place: KeyContext["place"]) => commandOf(key, some, { ...there, place })?.id;
    expect([inPlace("[", "log"), inPlace("[", "rows"), inPlace("[", "elsewhere")]).toEqual([
      ...["logs:last", "go:back", "go:back"],
    ]);
    expect([inPlace("L", "log"), inPlace(":", "log")]).toEqual([undefined, "palette:line"]);
    expect(clashes("[", "logs:last", some, {})).toEqual([]);
  });

  it("is told when others have the same key", () => {
    expect(clashes("L", "browse:copy", commands, {}).map(({ id }) => id)).toEqual(["object:logs"]);
    expect(clashes("L", "browse:copy", commands, { "object:logs": "" })).toEqual([]);
  });
});
