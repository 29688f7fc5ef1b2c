import { describe, expect, it } from "vitest";
import { componentTitle, releaseTitle } from "../../../../common/contract/index.ts";

const component = {
  id: "models",
  title: { en: "Models", ko: "모델" },
  description: { en: "", ko: "" },
  group: "serving" as const,
  required: false,
  needs: [],
};
const releases = [{ id: "r", title: { en: "Starter (offline)", ko: "스타터(오프라인)" }, components: [component] }];

describe("titles", () => {
  it("are the release's own words in the language, found by what an installation recorded", () => {
    expect(releaseTitle(releases, { release: "r", title: "Starter (offline)" }, "ko")).toBe("스타터(오프라인)");
    expect(releaseTitle(releases, { release: "r", title: "Starter (offline)" }, "en")).toBe("Starter (offline)");
    expect(componentTitle(releases, "r", { id: "models", title: "Models" }, "ko")).toBe("모델");
  });

  it("stay as they were recorded where the release says nothing of them", () => {
    expect(releaseTitle(releases, { release: "r", title: "Kubeflow 1.2 – KfDef" }, "ko")).toBe("Kubeflow 1.2 – KfDef");
    expect(releaseTitle(undefined, { release: "r", title: "Kubeflow" }, "ko")).toBe("Kubeflow");
    expect(componentTitle(releases, "r", { id: "argo", title: "argo" }, "ko")).toBe("argo");
    expect(componentTitle(releases, "gone", { id: "models", title: "Models" }, "ko")).toBe("Models");
  });
});
