import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlatformAction, PlatformJob, TerminalEnd } from "../../../common/contract/index.ts";
import { awsAnswers } from "./aws-answers.ts";
import { platformsRoom } from "./room.ts";
import { callsOf, standIn } from "./stand-in.ts";

let room: Awaited<ReturnType<typeof platformsRoom>>;
beforeEach(async () => {
  room = await platformsRoom();
});
afterEach(() => room.close());

const use = { action: "use", platform: "eks", name: "kf-seoul", region: "ap-northeast-2" } as const;
const create: PlatformAction = {
  ...use,
  ...{ action: "create", name: "new", nodes: 3, cpu: 8, memoryGiB: 16, diskGiB: 60 },
};

/** All that a session shows until it has ended, and how it did. */
async function shown(session: string): Promise<{ text: string; end: TerminalEnd | undefined }> {
  let text = "";
  let end: TerminalEnd | undefined;
  for await (const item of room.terminals.attach(session, 0, new AbortController().signal)) {
    if (item.type === "output") text += Buffer.from(item.data, "base64").toString();
    if (item.type === "session") end = item.session.end;
  }
  return { text: stripVTControlCharacters(text), end };
}

async function job(id: string): Promise<PlatformJob | undefined> {
  for await (const jobs of room.platforms.jobs.watch(new AbortController().signal))
    return jobs.find((one) => one.id === id);
  return undefined;
}

describe("commands of platforms in a terminal", () => {
  it("runs exactly what was shown, and what it wrote can be read afterwards", async () => {
    await standIn(room.bin, "aws", awsAnswers);
    const { lines } = await room.platforms.prepare(use, new AbortController().signal);
    const { id, terminal } = await room.startInTerminal(use);
    expect(await room.ended(id)).toMatchObject({ state: "done", contextName: "kf-seoul", terminal });
    const { text, end } = await shown(terminal);
    expect(text.split("\r\n")[0]).toBe(`$ ${lines[0]}`);
    expect(end).toEqual({ reason: "exited", code: 0 });
  });

  it("explains a failure by what was drawn, and ends with the tool's code", async () => {
    const words = "An error occurred (ResourceNotFoundException): No cluster found for name: kf-seoul.";
    await standIn(room.bin, "aws", [{ when: "update-kubeconfig", err: `\u001b[31m${words}\u001b[0m\n`, code: 254 }]);
    const { id, terminal } = await room.startInTerminal(use);
    expect(await room.ended(id)).toMatchObject({ state: "failed", problem: { code: "not-found", detail: words } });
    expect((await shown(terminal)).end).toEqual({ reason: "exited", code: 254 });
  });

  it("deletes what is half made when it is canceled, in the same terminal", async () => {
    await standIn(room.bin, "eksctl", [
      { when: "create cluster", waitMs: 60_000 },
      { when: "delete cluster", out: "all cluster resources were deleted\n" },
    ]);
    const { id, terminal } = await room.startInTerminal(create);
    await vi.waitUntil(async () => (await callsOf(room.bin, "eksctl")).length > 0, { timeout: 10_000 });
    room.platforms.jobs.cancel(id);
    expect(await room.ended(id)).toMatchObject({ state: "cancelled" });
    const { text } = await shown(terminal);
    expect(text).toContain("$ eksctl create cluster");
    expect(text).toContain("$ eksctl delete cluster --name new");
    expect(text).toContain("all cluster resources were deleted");
    await expect(
      room.prepare({ action: "delete", platform: "eks", name: "new", region: "ap-northeast-2" }),
    ).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("goes on when its tab is closed", async () => {
    await standIn(
      room.bin,
      "aws",
      awsAnswers.map((answer) => (answer.when.includes("update") ? { ...answer, waitMs: 800 } : answer)),
    );
    const { id, terminal } = await room.startInTerminal(use);
    await room.terminals.closeSession(terminal);
    expect(await job(id)).not.toHaveProperty("terminal");
    expect(await room.ended(id)).toMatchObject({ state: "done" });
  });

  it("signs in with the one command, which can ask; what is typed reaches it and nothing else", async () => {
    await mkdir(room.bin, { recursive: true });
    const file = join(room.bin, "aws");
    await writeFile(
      file,
      `#!${process.execPath}
process.stdout.write("asked " + JSON.stringify(process.argv.slice(2)) + " " + process.stdin.isTTY + " pager:" + process.env.AWS_PAGER + "\\nAWS Access Key ID [None]: ");
process.stdin.once("data", (data) => { process.stdout.write("got " + String(data).trim() + "\\n"); process.exit(0); });
`,
    );
    await chmod(file, 0o755);
    const request = { action: "sign-in", platform: "eks", name: "aws", account: "work", expired: false } as const;
    expect((await room.prepare(request)).lines).toEqual(["aws configure --profile work"]);
    const { id, terminal } = await room.startInTerminal(request);
    const reading = shown(terminal);
    await vi.waitUntil(async () => (await job(id))?.output.some((line) => line.startsWith("asked")), {
      timeout: 10_000,
    });
    room.terminals.write(terminal, "test", 0, Buffer.from("AKIA\r"));
    expect(await room.ended(id)).toMatchObject({ state: "done" });
    const { text, end } = await reading;
    expect(text).toContain('asked ["configure","--profile","work"] true pager:undefined');
    expect(text).toContain("got AKIA");
    expect(end).toEqual({ reason: "exited", code: 0 });
  });

  it("knows the command that signs in again, and refuses another tool or platform", async () => {
    await standIn(room.bin, "aws", []);
    const again = { action: "sign-in", platform: "eks", name: "aws", expired: true } as const;
    expect((await room.prepare(again)).lines).toEqual(["aws sso login"]);
    await expect(room.prepare({ ...again, name: "gcloud" })).rejects.toMatchObject({ code: "invalid-input" });
    await expect(room.prepare({ ...again, platform: "kind" })).rejects.toMatchObject({ code: "invalid-input" });
  });
});
