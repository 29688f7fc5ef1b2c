import { beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import type { ObjectTarget } from "../../common/contract/index.ts";
import { actionsOn } from "./actions-support.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

function workloadObject(
  kind: "Deployment" | "StatefulSet" | "DaemonSet",
  name: string,
  image = "registry.example/web:1",
) {
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, namespace: "default", annotations: { "kubernetes.io/change-cause": `made with ${image}` } },
    spec: {
      ...(kind === "DaemonSet" ? {} : { replicas: 2 }),
      ...(kind === "StatefulSet" ? { serviceName: name } : {}),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          initContainers: [{ name: "prepare", image: "registry.example/prepare:1" }],
          containers: [{ name: "web", image }],
        },
      },
    },
  };
}

await describeWithCluster("rollouts", (test) => {
  const on = actionsOn(test);
  const { kubectl } = on;
  const kinds = ["Deployment", "StatefulSet", "DaemonSet"] as const;
  const path = (kind: string, name: string) => `${kind.toLowerCase()}/${name}`;
  const rolledOut = (kind: string, name: string) =>
    kubectl.text("rollout", "status", path(kind, name), "--timeout=60s");
  const at = (kind: string, name: string, jsonpath: string) =>
    kubectl.text("get", path(kind, name), "-o", `jsonpath=${jsonpath}`);
  const imageOf = (kind: string, name: string) => at(kind, name, "{.spec.template.spec.containers[0].image}");
  const historyOf = async (target: ObjectTarget) =>
    (await on.methods()["rollout.history"]({ target }, on.never)).revisions;

  beforeAll(async () => {
    await kubectl.apply(...kinds.map((kind) => workloadObject(kind, `web-${kind.toLowerCase()}`)));
    await Promise.all(kinds.map((kind) => rolledOut(kind, `web-${kind.toLowerCase()}`)));
  });

  it.each(kinds)("restarts a %s with kubectl's annotation, and new pods come", async (kind) => {
    const name = `web-${kind.toLowerCase()}`;
    const uids = () => kubectl.text("get", "pods", "-l", `app=${name}`, "-o", "jsonpath={.items[*].metadata.uid}");
    const before = (await uids()).split(" ");
    expect(await on.change(on.workload(kind, name), { do: "restart" })).toEqual({});
    const stamp = await at(kind, name, "{.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}");
    expect(Math.abs(Date.now() - Date.parse(stamp))).toBeLessThan(60_000);
    await rolledOut(kind, name);
    const after = await eventually(async () => {
      const now = (await uids()).split(" ");
      return now.length === before.length ? now : undefined;
    });
    expect(after.filter((uid) => before.includes(uid))).toEqual([]);
  });

  it.each(kinds)("tells the history of a %s as kubectl does, and goes back", async (kind) => {
    const name = `web-${kind.toLowerCase()}`;
    const target = on.workload(kind, name);
    await kubectl.apply(workloadObject(kind, name, "registry.example/web:2"));
    await rolledOut(kind, name);
    await kubectl.apply(workloadObject(kind, name, "registry.example/web:3"));
    await rolledOut(kind, name);

    const revisions = await eventually(async () => {
      const all = await historyOf(target);
      return all.at(-1)?.containers.some(({ image }) => image.endsWith("web:3")) ? all : undefined;
    });
    const printed = await kubectl.text("rollout", "history", path(kind, name));
    const rows = printed
      .split("\n")
      .filter((line) => /^\d/.test(line))
      .map((line) => /^(\d+)\s+(.*)$/.exec(line)?.slice(1, 3));
    expect(revisions.map(({ revision, changeCause }) => [String(revision), changeCause ?? "<none>"])).toEqual(rows);
    expect(revisions.filter(({ current }) => current)).toEqual([revisions.at(-1)]);
    expect(revisions.at(-1)?.containers).toEqual([
      { name: "prepare", image: "registry.example/prepare:1", role: "init" },
      { name: "web", image: "registry.example/web:3", role: "main" },
    ]);
    expect(parse(revisions.at(-2)?.template ?? "").spec.containers[0].image).toBe("registry.example/web:2");

    expect(await on.change(target, { do: "undo" })).toEqual({});
    expect(await imageOf(kind, name)).toBe("registry.example/web:2");
    await rolledOut(kind, name);
    // kubectl goes forth again, from the history that our undo left behind.
    await kubectl.text("rollout", "undo", path(kind, name));
    expect(await imageOf(kind, name)).toBe("registry.example/web:3");
    await rolledOut(kind, name);
    const first = revisions.find(({ containers }) =>
      containers.some(({ image }) => image === "registry.example/web:1"),
    );
    expect(await on.change(target, { do: "undo", revision: first?.revision ?? 0 })).toEqual({});
    expect(await imageOf(kind, name)).toBe("registry.example/web:1");
    await rolledOut(kind, name);
    const now = (
      await eventually(async () => {
        const all = await historyOf(target);
        return all.at(-1)?.containers.some(({ image }) => image.endsWith("web:1")) ? all : undefined;
      })
    ).at(-1);
    expect(await on.change(target, { do: "undo", revision: now?.revision ?? 0 })).toEqual({ unchanged: true });
    await expect(on.change(target, { do: "undo", revision: 999 })).rejects.toMatchObject({ code: "not-found" });
  });

  it("gives a Deployment the annotations of the revision it goes back to, and keeps its own", async () => {
    const cause = "{.metadata.annotations.kubernetes\\.io/change-cause}";
    expect(await at("Deployment", "web-deployment", cause)).toBe("made with registry.example/web:1");
    expect(
      await at(
        "Deployment",
        "web-deployment",
        "{.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}",
      ),
    ).toContain("web:3");
  });

  it("pauses and resumes, and refuses to restart or undo what is paused", async () => {
    const target = on.workload("Deployment", "web-deployment");
    expect(await on.change(target, { do: "pause", paused: true })).toEqual({});
    expect(await at("Deployment", "web-deployment", "{.spec.paused}")).toBe("true");
    expect(await on.change(target, { do: "pause", paused: true })).toEqual({ unchanged: true });
    await expect(on.change(target, { do: "restart" })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(on.change(target, { do: "undo" })).rejects.toMatchObject({ code: "not-allowed" });
    expect(await on.change(target, { do: "pause", paused: false })).toEqual({});
    await rolledOut("Deployment", "web-deployment");
  });

  it.each(kinds)("follows the rollout of a %s to its end", async (kind) => {
    const name = `web-${kind.toLowerCase()}`;
    const stop = new AbortController();
    const states: string[] = [];
    const seen = on.methods()["rollout.status"]({ target: on.workload(kind, name) }, stop.signal);
    let restarted = false;
    for await (const { state, step } of seen) {
      states.push(`${state} ${step}`);
      if (!restarted) {
        restarted = true;
        await on.change(on.workload(kind, name), {
          do: "image",
          images: [{ container: "web", image: "registry.example/web:9" }],
        });
      } else if (states.includes("waiting observe") || states.some((one) => one.startsWith("waiting"))) {
        if (state === "done") break;
      }
    }
    stop.abort();
    expect(states[0]).toBe("done done");
    expect(states.at(-1)).toBe("done done");
    expect(await kubectl.text("rollout", "status", path(kind, name), "--watch=false")).toMatch(
      /successfully rolled out|rolling update complete|roll out complete/,
    );
  });

  it("says when a rollout missed its deadline", async () => {
    await kubectl.apply({
      ...workloadObject("Deployment", "late"),
      spec: {
        ...workloadObject("Deployment", "late").spec,
        progressDeadlineSeconds: 1,
        template: {
          metadata: { labels: { app: "late" } },
          spec: { nodeSelector: { no: "where" }, containers: [{ name: "web", image: "registry.example/web:1" }] },
        },
      },
    });
    for await (const { state, step } of on
      .methods()
      ["rollout.status"]({ target: on.workload("Deployment", "late") }, AbortSignal.timeout(30_000))) {
      if (state !== "failed") continue;
      expect(step).toBe("deadline");
      break;
    }
    const said = await kubectl.run(["rollout", "status", "deployment/late"]);
    expect(said.code).toBe(1);
    expect(said.stderr).toContain("exceeded its progress deadline");
    await kubectl.text("delete", "deployment/late");
  });
});
