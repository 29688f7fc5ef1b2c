import { describe, expect, it } from "vitest";
import { message } from "../../../common/words/index.ts";
import { onlyReads, refuseWhereReadOnly } from "../../../electron/cluster/read-only.ts";

type Attempt = Parameters<typeof refuseWhereReadOnly>[0];

function isRefused(method: Attempt["method"], path: string, more: Partial<Attempt> = {}): boolean {
  try {
    refuseWhereReadOnly({ method, path, what: message("request.other", { method, path }), ...more }, "prod");
    return false;
  } catch (error) {
    expect(error).toMatchObject({
      code: "not-allowed",
      message: `Cannot ${method} ${path}: context prod is read-only in Flowdeck.`,
    });
    return true;
  }
}

const pods = "/api/v1/namespaces/a/pods";
const reviews = "/apis/authorization.k8s.io/v1";

describe("a read-only context", () => {
  it.each<[boolean, Attempt["method"], string, Partial<Attempt>?]>([
    [false, "GET", pods],
    [true, "POST", pods],
    [true, "PUT", `${pods}/x`],
    [true, "PATCH", `${pods}/x/status`],
    [true, "DELETE", pods],
    // questions
    [false, "POST", `${reviews}/selfsubjectaccessreviews`],
    [false, "POST", `${reviews}/subjectaccessreviews`],
    [false, "POST", `${reviews}/selfsubjectrulesreviews`],
    [false, "POST", `${reviews}/namespaces/a/localsubjectaccessreviews`],
    [false, "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews"],
    [true, "DELETE", `${reviews}/selfsubjectaccessreviews`],
    [true, "POST", `${pods}/selfsubjectaccessreviews`],
    [true, "POST", "/api/v1/namespaces/a/serviceaccounts/x/token"],
    // dry runs
    [false, "POST", pods, { query: { dryRun: "All" } }],
    [false, "PATCH", `${pods}/x?force=true&dryRun=All`],
    [true, "PATCH", `${pods}/x`, { query: { dryRun: undefined } }],
    [true, "PATCH", `${pods}/x?dryRun=`],
    [true, "PATCH", `${pods}/x?dryRun=All`, { query: { dryRun: "None" } }],
    [false, "DELETE", `${pods}/x`, { body: '{"dryRun":["All"]}' }],
    [true, "DELETE", `${pods}/x`, { body: '{"dryRun":[]}', query: { dryRun: "All" } }],
    [true, "DELETE", `${pods}/x`, { body: "not JSON" }],
    [false, "DELETE", `${pods}/x`, { query: { dryRun: "All" } }],
    // what is passed on knows no dry run
    [true, "POST", `${pods}/x/proxy/shutdown`, { query: { dryRun: "All" } }],
    [true, "POST", "/api/v1/nodes/n/proxy/run", { query: { dryRun: "All" } }],
    [false, "POST", "/api/v1/namespaces/proxy/pods", { query: { dryRun: "All" } }],
    // sockets
    [false, "SOCKET", `${pods}/x/portforward`],
    [true, "SOCKET", `${pods}/x/exec`],
    [true, "SOCKET", `${pods}/x/attach`],
    [true, "SOCKET", `${pods}/x/proxy/portforward`],
  ])("refuses %s: %s %s", (refused, method, path, more) => {
    expect(isRefused(method, path, more)).toBe(refused);
  });

  it("tells beforehand what it would let through", () => {
    expect(onlyReads({ verb: "list" })).toBe(true);
    expect(onlyReads({ verb: "get", subresource: "log" })).toBe(true);
    expect(onlyReads({ verb: "get", subresource: "exec" })).toBe(false);
    expect(onlyReads({ verb: "create", subresource: "portforward" })).toBe(true);
    expect(onlyReads({ verb: "deletecollection" })).toBe(false);
    expect(onlyReads({ verb: "impersonate" })).toBe(false);
  });
});
