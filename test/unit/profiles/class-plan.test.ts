import { expect, it } from "vitest";
import { textOf } from "../../../common/words/index.ts";
import { buildProfiles } from "../../../electron/profiles/build-profiles.ts";
import { readClassList } from "../../../electron/profiles/class-list.ts";
import { type Existing, planOf } from "../../../electron/profiles/class-plan.ts";
import { binding, finished, object } from "./objects.ts";

const view = "user-ann-example-com-clusterrole-view";

function existing(): Existing {
  const snapshot = finished("vision", { cpu: "8" }, { cpu: "3" });
  const bindings = [...(snapshot.bindings ?? []), binding("vision", view, "ann@example.com", "view")];
  const policies = [...(snapshot.policies ?? []), object("AuthorizationPolicy", view, {}, "vision")];
  const profiles = buildProfiles({ ...snapshot, bindings, policies }, Date.now());
  return { profiles, namespaces: new Set(["vision", "kube-system"]) };
}

function planned(...lines: string[]) {
  const plan = planOf(readClassList(["profile,owner,members,quota", ...lines].join("\n")), existing());
  return {
    rows: plan.rows.map(({ profile, action, changes, warnings }) => ({
      [`${action} ${profile}`]: [...changes, ...warnings].map((one) => textOf(one, "en")),
    })),
    errors: plan.errors.map(({ line, said }) => `${line}: ${textOf(said, "en")}`),
    digest: plan.digest,
  };
}

it("says what each line would change", () => {
  expect(
    planned("new,new@example.com,ann@example.com,cpu=4", "vision,user@example.com,ann@example.com:view,cpu=8000m").rows,
  ).toEqual([
    {
      "create new": [
        "Create the profile, owned by new@example.com",
        "Limit it to cpu 4",
        "Share it with ann@example.com (edit)",
      ],
    },
    { "unchanged vision": [] },
  ]);
  expect(planned("vision,new@example.com,ann@example.com:edit bob@example.com:view,cpu=2").rows).toEqual([
    {
      "change vision": [
        "Change the owner from user@example.com to new@example.com",
        "Change the quota from cpu 8 to cpu 2",
        "Change ann@example.com from view to edit",
        "Share it with bob@example.com (view)",
        "cpu: 3 in use, 2 allowed. What runs keeps running, but nothing new starts.",
      ],
    },
  ]);
});

it("refuses a namespace that is no profile's, and a name that stands for somebody else", () => {
  expect(planned("kube-system,a@example.com,,", "vision,user@example.com,ann-example@com:view,").errors).toEqual([
    "2: There already is a namespace kube-system that belongs to no profile.",
    "3: ann-example@com can't be added to vision: the name user-ann-example-com-clusterrole-view already stands for ann@example.com.",
  ]);
});

it("is another plan when the list or the cluster is another", () => {
  expect(planned("a,a@example.com,,").digest).toBe(planned("a,a@example.com,,").digest);
  expect(planned("a,a@example.com,,small").digest).not.toBe(planned("a,a@example.com,,").digest);
});
