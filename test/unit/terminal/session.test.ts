import { describe, expect, it, vi } from "vitest";
import type { TerminalEnd, TerminalItem, TerminalSession } from "../../../common/contract/index.ts";
import type { TerminalProcess } from "../../../electron/terminal/process.ts";
import { Session } from "../../../electron/terminal/session.ts";

const info: TerminalSession = { id: "s", kind: "local", title: "t", reads: true, tty: true, notices: [] };
const size = { cols: 80, rows: 24 };

function start(reads = true) {
  const over = Promise.withResolvers<TerminalEnd>();
  const process = {
    ended: over.promise,
    write: vi.fn<TerminalProcess["write"]>(),
    resize: vi.fn<TerminalProcess["resize"]>(),
    pause: vi.fn<TerminalProcess["pause"]>(),
    resume: vi.fn<TerminalProcess["resume"]>(),
    end: vi.fn(() => over.resolve({ reason: "closed" })),
  };
  const session = new Session({ ...info, reads }, size, () => undefined);
  session.begin(process);
  return { session, process, end: over.resolve };
}

async function next(items: AsyncIterator<TerminalItem>): Promise<TerminalItem> {
  const { value, done } = await items.next();
  if (done) throw new Error("the stream ended");
  return value;
}

const text = (item: TerminalItem) => (item.type === "output" ? Buffer.from(item.data, "base64").toString() : item.type);

/** What a page gets that comes between two pieces of output: the number of the first byte after the screen, and the rest. */
async function replay(session: Session, before: string, after: string) {
  session.take(Buffer.from(before));
  const items = session.attach(undefined, new AbortController().signal);
  await next(items);
  session.take(Buffer.from(after));
  const item = await next(items);
  return { end: [item.type === "output" ? item.from : -1, text(item)] };
}

describe("a session", () => {
  it("waits when the page draws too little, and goes on when it has drawn half", async () => {
    const { session, process } = start();
    const items = session.attach(undefined, new AbortController().signal);
    await next(items);
    session.take(Buffer.alloc(100_000));
    expect(process.pause).not.toHaveBeenCalled();
    session.take(Buffer.alloc(40_000));
    expect(process.pause).toHaveBeenCalledOnce();
    await next(items);
    await next(items);
    await next(items);
    session.acknowledge(60_000);
    expect(process.resume).not.toHaveBeenCalled();
    session.acknowledge(80_000);
    expect(process.resume).toHaveBeenCalledOnce();
  });

  it("does not believe that more was drawn than was sent", async () => {
    const { session, process } = start();
    const items = session.attach(undefined, new AbortController().signal);
    await next(items);
    session.acknowledge(1_000_000);
    session.take(Buffer.alloc(140_000));
    expect(process.pause).toHaveBeenCalledOnce();
  });

  it("runs on without a page, and a page that comes gets what was kept", async () => {
    const { session, process } = start();
    session.take(Buffer.alloc(3 << 20, "line\r\n"));
    expect(process.pause).not.toHaveBeenCalled();
    const items = session.attach(undefined, new AbortController().signal);
    const first = await next(items);
    if (first.type !== "session" || first.begin?.screen === undefined) throw new Error("not a screen first");
    expect(first).toMatchObject({ size, begin: { from: 3 << 20 } });
    const lines = first.begin.screen.split("\r\n").filter((line) => line === "line");
    expect(lines.length).toBeGreaterThan(2000);
    session.take(Buffer.from("later"));
    expect(await next(items)).toMatchObject({ type: "output", from: 3 << 20 });
  });

  it("begins again with a sequence or a character of which a page got only a part", async () => {
    const { session } = start();
    const { end } = await replay(session, "plain \u001b[3", "1mred");
    expect(end).toEqual([6, "\u001b[31mred"]);
    const korean = Buffer.from("가나");
    session.take(korean.subarray(0, 4));
    const items = session.attach(undefined, new AbortController().signal);
    await next(items);
    session.take(korean.subarray(4));
    expect(text(await next(items))).toBe("나");
  });

  it("lets output go on behind a slow screen only so far", async () => {
    const { session, process } = start();
    for (let count = 0; count < 5; count += 1) session.take(Buffer.alloc(1 << 20, "line\n"));
    expect(process.pause).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(process.resume).toHaveBeenCalledOnce(), { timeout: 5000 });
  });

  it("lets go of a page that had fallen behind when it leaves", async () => {
    const { session, process } = start();
    const stop = new AbortController();
    const items = session.attach(undefined, stop.signal);
    await next(items);
    session.take(Buffer.alloc(200_000));
    expect(process.pause).toHaveBeenCalledOnce();
    stop.abort();
    await items.return?.();
    expect(process.resume).toHaveBeenCalledOnce();
  });

  it("goes on for a page whose connection broke, where it stood", async () => {
    const { session } = start();
    session.take(Buffer.from("before after"));
    const items = session.attach(7, new AbortController().signal);
    expect(await next(items)).toMatchObject({ begin: { from: 7 } });
    expect(text(await next(items))).toBe("after");
  });

  it("is taken over by the newest page", async () => {
    const { session } = start();
    const first = session.attach(undefined, new AbortController().signal);
    await next(first);
    const waiting = next(first);
    const second = session.attach(undefined, new AbortController().signal);
    await next(second);
    expect((await waiting).type).toBe("moved");
    expect((await first.next()).done).toBe(true);
    session.take(Buffer.from("x"));
    expect(text(await next(second))).toBe("x");
  });

  it("tells its end after all it wrote", async () => {
    const { session, end } = start();
    const items = session.attach(undefined, new AbortController().signal);
    await next(items);
    session.take(Buffer.from("last words"));
    end({ reason: "exited", code: 2 });
    expect(text(await next(items))).toBe("last words");
    expect(await next(items)).toMatchObject({ session: { end: { reason: "exited", code: 2 } } });
    expect((await items.next()).done).toBe(true);
  });

  it("puts what is typed in order, once, and types nothing to a process that does not read", () => {
    const { session, process } = start();
    for (const [order, piece] of [
      [1, "b"],
      [0, "a"],
      [1, "b"],
      [3, "d"],
      [2, "c"],
    ] as const) {
      expect(session.write("page", order, Buffer.from(piece))).toBe(true);
    }
    expect(process.write.mock.calls.map(([data]) => data.toString()).join("")).toBe("abcd");
    session.write("another page", 0, Buffer.from("e"));
    expect(process.write.mock.lastCall?.[0].toString()).toBe("e");
    const deaf = start(false);
    deaf.session.write("page", 0, Buffer.from("a"));
    expect(deaf.process.write).not.toHaveBeenCalled();
  });

  it("refuses a writer that has left too many gaps", () => {
    const { session } = start();
    const taken = Array.from({ length: 300 }, (_, at) => session.write("page", at + 1, Buffer.from("x")));
    expect(taken.filter(Boolean)).toHaveLength(256);
    expect(session.write("page", 0, Buffer.from("x"))).toBe(true);
  });

  it("has a full-screen program draw anew for a page that comes later", async () => {
    const { session, process } = start();
    session.take(Buffer.from("\u001b[?1049h"));
    session.take(Buffer.alloc(2 << 20, "line\n"));
    await next(session.attach(undefined, new AbortController().signal));
    expect(process.resize.mock.calls).toContainEqual([{ cols: 80, rows: 23 }]);
    expect(process.resize).toHaveBeenLastCalledWith(size);
  });
});
