import { afterAll, beforeAll, expect, it } from "vitest";
import {
  allComponents,
  difference,
  everything,
  type InstallRoom,
  openInstallRoom,
  untilEnded,
} from "../cluster/install-support.ts";
import { describeOnRealNodes } from "./support.ts";

/** Pods and what they bring come and go on a cluster that others tested on before. */
const passing = / (Pod|EndpointSlice|Event|ReplicaSet|ControllerRevision) /;

describeOnRealNodes("the starter release on real nodes", (nodes) => {
  let room: InstallRoom;
  beforeAll(async () => {
    room = await openInstallRoom(nodes.kubeconfig, nodes.tools);
  });
  afterAll(() => room?.close());
  const lasting = async () => new Set([...(await everything(room.client))].filter((name) => !passing.test(name)));

  it("is installed, runs, and goes again with its data", { timeout: 300_000 }, async () => {
    const before = await lasting();
    const components = await allComponents(room.installer, "starter");
    const settings = room.settings("starter", "start", { components });
    await room.install(settings, { password: "correct horse battery" });
    const status = await untilEnded(room, room.kfDir("start"));
    expect(status.problems).toEqual([]);
    expect(status).toMatchObject({ state: "installed", fraction: 1 });
    expect(status.pods.filter(({ state }) => !["running", "completed"].includes(state))).toEqual([]);

    await room.installer.remove(room.kfDir("start"), room.context, { data: true });
    expect(await untilEnded(room, room.kfDir("start"))).toMatchObject({ state: "removed", problems: [] });
    const after = await lasting();
    expect(difference(after, before).filter((name) => !name.includes(nodes.namespace))).toEqual([]);
  });
});
