import { describe, expect, it } from "vitest";
import { errorDetail } from "../../../../common/contract/index.ts";
import { nodePortsOf, type PortsInput, rangeOf, unusablePort } from "../../../../electron/install/plan/node-ports.ts";
import { object } from "../objects-support.ts";

const service = (name: string, nodePort: number | undefined, more: object = {}) =>
  object("v1", "Service", name, {
    metadata: { namespace: "istio-system" },
    spec: { type: "NodePort", ports: [{ port: 80, nodePort }], ...more },
  });
const server = (...command: string[]) =>
  object("v1", "Pod", "kube-apiserver-one", { spec: { containers: [{ command: ["kube-apiserver", ...command] }] } });

/** What is said, what to do, and the fix's port. */
function problem(input: Partial<PortsInput>) {
  const error = unusablePort({
    ...{ objects: [service("gateway", 31380)], services: [], range: undefined, chosen: 31380 },
    ...input,
  });
  return error && [error.message, errorDetail(error, "en"), error.fix?.params?.port];
}

describe("ports of the nodes that a plan needs", () => {
  it("may be its own already, or free", () => {
    expect(
      problem({ services: [service("gateway", 31380), service("other", 31381), service("inside", undefined)] }),
    ).toBe(undefined);
  });

  it("are said with who has them and the next that is free, also for another Service's health checks", () => {
    const services = [service("other", 31380), service("next", 31382, { healthCheckNodePort: 31381 })];
    expect(problem({ services })).toEqual([
      "Port 31380 of the nodes is already used by Service istio-system/other.",
      "Choose port 31383, which is free.",
      "31383",
    ]);
  });

  it("that the release itself chooses have no other to take", () => {
    expect(problem({ services: [service("other", 31380)], chosen: undefined })).toEqual([
      "Port 31380 of the nodes is already used by Service istio-system/other.",
      "The release itself chooses this port. Change the port of the other Service, or the release's own.",
      undefined,
    ]);
  });

  it("have to be in the range that the API server was started with", () => {
    const range = rangeOf([server("--v=2", "--service-node-port-range=32000-32001")]);
    expect(problem({ range })).toEqual([
      "Port 31380 is not one of this cluster's node ports, which are 32000–32001.",
      "Choose port 32000, which is free.",
      "32000",
    ]);
    const services = [service("a", 32000), service("b", 32001)];
    expect(problem({ range, services })?.[1]).toBe(
      "No port is free. Choose another way, or change the port of another Service.",
    );
    expect(rangeOf([server("--service-node-port-range=20000+99")])).toEqual({ from: 20000, to: 20099 });
    expect(rangeOf([server()])).toEqual({ from: 30000, to: 32767 });
    expect(rangeOf([])).toBe(undefined);
  });

  it("are not those of anything but a Service", () => {
    expect(
      nodePortsOf(object("serving.knative.dev/v1", "Service", "x", { spec: { ports: [{ nodePort: 1 }] } })),
    ).toEqual([]);
  });
});
