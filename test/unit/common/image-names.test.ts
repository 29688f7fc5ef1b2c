import { describe, expect, it } from "vitest";
import { imagePrefix } from "../../../common/contract/index.ts";
import { parseImage, prefixedImage } from "../../../common/kube/index.ts";

const digest = `sha256:${"a".repeat(64)}`;

describe("an image's name", () => {
  it.each([
    ["mysql:8.0", "docker.io", "library/mysql", ":8.0"],
    ["kserve/agent", "docker.io", "kserve/agent", ""],
    ["index.docker.io/mysql", "docker.io", "library/mysql", ""],
    [`gcr.io/a/b@${digest}`, "gcr.io", "a/b", `@${digest}`],
    [`ghcr.io/a/b:v1@${digest}`, "ghcr.io", "a/b", `:v1@${digest}`],
    ["localhost:5000/a:1", "localhost:5000", "a", ":1"],
    ["10.0.0.1:5000/a/b_c", "10.0.0.1:5000", "a/b_c", ""],
  ])("%s", (image, registry, repository, version) =>
    expect(parseImage(image)).toEqual({ registry, repository, version }),
  );

  it.each(["", "Not An Image", "a//b", "https://ghcr.io/a", "{{ .image }}", "a:b:c"])("is not %j", (text) =>
    expect(parseImage(text)).toBeUndefined(),
  );
});

describe("a prefix", () => {
  const prefix = "registry.example/kubeflow";
  it.each([
    ["mysql:8.0", "docker.io_library_mysql:8.0"],
    ["docker.io/library/mysql:8.0", "docker.io_library_mysql:8.0"],
    [`gcr.io/a/b@${digest}`, `gcr.io_a_b@${digest}`],
    ["localhost:5000/a:1", "localhost-5000_a:1"],
  ])("makes one name of %s and keeps its version", (image, name) =>
    expect(prefixedImage(image, prefix)).toBe(`${prefix}/${name}`),
  );

  it("leaves what has it already, and what is not an image", () => {
    expect(prefixedImage(`${prefix}/mysql:8`, prefix)).toBe(`${prefix}/mysql:8`);
    expect(prefixedImage("$(image)", prefix)).toBe("$(image)");
    expect(prefixedImage("mysql", "")).toBe("mysql");
  });

  it("is a registry with a path", () => {
    for (const good of ["docker.io/course", "localhost:5000", "10.0.0.1:5000/a", "a.dkr.ecr.eu-west-1.example.com/kf"])
      expect(imagePrefix.safeParse(good).success, good).toBe(true);
    for (const bad of ["https://docker.io/a", "docker.io/A", "registry.example/a:1", "kubeflow", "docker.io/a/", ""])
      expect(imagePrefix.safeParse(bad).success, bad).toBe(false);
  });
});
