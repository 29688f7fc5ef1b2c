import { describe, expect, it } from "vitest";
import { parseJournal } from "../../../../electron/install/installation-dir/journal.ts";
import { reduceJournal } from "../../../../electron/install/installation-dir/journal-entries.ts";
import {
  refuseIdOfAnother,
  refuseUnaskedRemoval,
  refuseUnknownId,
} from "../../../../electron/install/installation-dir/removal-guard.ts";
import { keyOf } from "../../../../electron/install/objects.ts";
import { below, failure } from "../support.ts";

/** A journal whose last run is of this kind. */
function journal(activity: "install" | "uninstall", data?: boolean) {
  const at = "2026-01-01T00:00:00.000Z";
  const run = {
    ...{ t: "run", v: 1, at, run: "r", activity, installation: "abcdefgh", release: "starter", title: "Starter" },
    ...{ context: "c", contextName: "school", server: "https://s", cluster: "u", settings: "d", pid: 1 },
    ...(data === undefined ? {} : { data }),
  };
  const ref = { apiVersion: "v1", kind: "ConfigMap", namespace: "a", name: "b" };
  const intent = { t: "intent", at, objects: [{ ref, component: "app" }] };
  return reduceJournal(parseJournal(`${JSON.stringify(run)}\n${JSON.stringify(intent)}\n`, "journal"), keyOf);
}

async function refusal(act: () => void, code: "not-allowed" | "settings-invalid" = "not-allowed") {
  return failure(code, Promise.resolve().then(act));
}

describe("a removal that the journal speaks of", () => {
  it("is not continued before it is asked for, and what would go is named", async () => {
    const error = await refusal(() => refuseUnaskedRemoval("/kf", journal("uninstall"), undefined));
    expect(error.message).toBe("Continuing in /kf deletes 1 object of Starter.");
    expect(below(error)).toContain("school");
    expect(below(error)).toContain("(--yes)");
    refuseUnaskedRemoval("/kf", journal("uninstall"), { data: false });
  });

  it("takes users' data only where that is asked for, too", async () => {
    const state = journal("uninstall", true);
    const error = await refusal(() => refuseUnaskedRemoval("/kf", state, { data: false }));
    expect(error.message).toContain("users' data");
    expect(below(error)).toContain("--yes --data");
    refuseUnaskedRemoval("/kf", state, { data: true });
  });

  it("has nothing to do with going on with an installation", () => {
    refuseUnaskedRemoval("/kf", journal("install"), undefined);
  });
});

describe("the id in flowdeck.yaml", () => {
  it("removes what this computer installed there", () => {
    refuseUnknownId("/kf", "abcdefgh", { known: "abcdefgh", confirmed: undefined });
  });

  it.each([undefined, "another1"])(
    "removes nothing where the app's data folder knows %s, until it is confirmed",
    async (known) => {
      for (const confirmed of [undefined, "another1"]) {
        if (confirmed === "another1" && known === "another1") continue;
        const error = await refusal(() => refuseUnknownId("/kf", "abcdefgh", { known, confirmed }));
        expect(below(error)).toContain("--installation abcdefgh");
        expect(error.fix).toMatchObject({ id: "confirm-installation", params: { installation: "abcdefgh" } });
      }
      refuseUnknownId("/kf", "abcdefgh", { known, confirmed: "abcdefgh" });
    },
  );

  it("is not taken over from another folder by installing", async () => {
    const error = await refusal(() => refuseIdOfAnother("/kf", "abcdefgh", "/other"), "settings-invalid");
    expect(below(error)).toContain("/other");
    refuseIdOfAnother("/kf", "abcdefgh", undefined);
  });
});
