import { describe, expect, it } from "vitest";
import type { FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { conflictsOf, isRetryable, refusalError } from "../../../electron/cluster/errors.ts";
import { connectionBroke, networkError } from "../../../electron/cluster/network-errors.ts";

const subject = {
  what: message("request.apply", { object: "Deployment kubeflow/x" }),
  contextName: "prod",
  server: "https://api.example:6443",
};

interface Body {
  message: string;
  reason?: string;
  details?: object;
}

function refused(code: number, body: Body): FlowdeckError {
  const status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", code, ...body };
  return refusalError(code, JSON.stringify(status), subject);
}

// The bodies are what Kubernetes 1.36 answers.
describe("a refused request", () => {
  it("401: the credentials", () => {
    const error = refused(401, { message: "Unauthorized", reason: "Unauthorized" });
    expect(error.toJSON()).toMatchObject({
      code: "credentials-rejected",
      message: "The API server api.example:6443 rejected the credentials of context prod; they may have expired.",
      detail: "Unauthorized",
    });
    expect(isRetryable(error)).toBe(false);
  });

  it.each([
    [
      'namespaces is forbidden: User "system:serviceaccount:default:limited" cannot list resource "namespaces" in API group "" at the cluster scope',
      "User system:serviceaccount:default:limited does not have permission to list namespaces in the whole cluster.",
    ],
    [
      'deployments.apps "x" is forbidden: User "jane" cannot patch resource "deployments" in API group "apps" in the namespace "kubeflow"',
      "User jane does not have permission to patch deployments.apps in namespace kubeflow.",
    ],
    ['forbidden: User "jane" cannot get path "/metrics"', "User jane does not have permission to get /metrics."],
    [
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged',
      'Cannot apply Deployment kubeflow/x: forbidden (pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged).',
    ],
  ])("403: who may not do what: %s", (message, words) => {
    const error = refused(403, { message, reason: "Forbidden" });
    expect([error.code, error.message, error.detail]).toEqual(["forbidden", words, message]);
    expect(isRetryable(error)).toBe(false);
  });

  it("403 in a namespace that is on its way out may be tried again", () => {
    const error = refused(403, {
      message:
        'configmaps "x" is forbidden: unable to create new content in namespace y because it is being terminated',
      reason: "Forbidden",
      details: {
        name: "x",
        kind: "configmaps",
        causes: [{ reason: "NamespaceTerminating", message: "namespace y is being terminated" }],
      },
    });
    expect([error.code, isRetryable(error)]).toEqual(["forbidden", true]);
  });

  it("404: an object, a namespace or a path", () => {
    const object = refused(404, {
      message: 'deployments.apps "x" not found',
      reason: "NotFound",
      details: { name: "x", group: "apps", kind: "deployments" },
    });
    expect([object.code, object.message]).toEqual([
      "object-not-found",
      "Cannot apply Deployment kubeflow/x: deployments x does not exist.",
    ]);
    const namespace = refused(404, {
      message: 'namespaces "gone" not found',
      reason: "NotFound",
      details: { name: "gone", kind: "namespaces" },
    });
    expect(namespace.message).toBe("Cannot apply Deployment kubeflow/x: namespace gone does not exist.");
    expect(refusalError(404, "404 page not found\n", subject).code).toBe("kind-unknown");
  });

  it("409: the managers and their fields", () => {
    const error = refused(409, {
      message: 'Apply failed with 3 conflicts: conflicts with "argocd-controller" using apps/v1:\n- .spec.replicas',
      reason: "Conflict",
      details: {
        causes: [
          {
            reason: "FieldManagerConflict",
            message: 'conflict with "argocd-controller" using apps/v1',
            field: ".spec.replicas",
          },
          {
            reason: "FieldManagerConflict",
            message: 'conflict with "kubectl-edit" using apps/v1 at 2026-01-01T00:00:00Z',
            field: ".spec.paused",
          },
          {
            reason: "FieldManagerConflict",
            message: 'conflict with "argocd-controller" using apps/v1',
            field: ".spec.selector",
          },
        ],
      },
    });
    expect(error.code).toBe("conflict");
    expect(error.message).toBe(
      "Cannot apply Deployment kubeflow/x: its fields belong to other managers: argocd-controller (.spec.replicas, .spec.selector) and kubectl-edit (.spec.paused).",
    );
    expect(conflictsOf(error)).toEqual([
      { manager: "argocd-controller", fields: [".spec.replicas", ".spec.selector"] },
      { manager: "kubectl-edit", fields: [".spec.paused"] },
    ]);
    expect(isRetryable(error)).toBe(false);
  });

  it("409 of a lost race may be tried again, of an existing object not", () => {
    const race = refused(409, {
      message: 'Operation cannot be fulfilled on deployments.apps "x": the object has been modified',
      reason: "Conflict",
      details: { name: "x" },
    });
    const exists = refused(409, {
      message: 'deployments.apps "x" already exists',
      reason: "AlreadyExists",
      details: { name: "x" },
    });
    expect([race.code, isRetryable(race)]).toEqual(["conflict", true]);
    expect([exists.code, isRetryable(exists)]).toEqual(["conflict", false]);
    expect(exists.message).toContain("it already exists");
  });

  it("422: the causes", () => {
    const error = refused(422, {
      message: 'Deployment.apps "x" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      reason: "Invalid",
      details: {
        name: "x",
        causes: [
          {
            reason: "FieldValueInvalid",
            message: "Invalid value: -1: must be greater than or equal to 0",
            field: "spec.replicas",
          },
        ],
      },
    });
    expect([error.code, error.message]).toEqual([
      "object-invalid",
      "Cannot apply Deployment kubeflow/x: spec.replicas: Invalid value: -1: must be greater than or equal to 0.",
    ]);
    expect(isRetryable(error)).toBe(false);
  });

  it("500 for a field outside the schema is the object's fault", () => {
    const error = refused(500, {
      message:
        "failed to create typed patch object (default/a; apps/v1, Kind=Deployment): .spec.foo: field not declared in schema",
    });
    expect([error.code, isRetryable(error)]).toEqual(["object-invalid", false]);
  });

  it.each([
    ['Post "https://w.x.svc:443/mutate?timeout=10s": dial tcp 10.0.0.7:443: connect: connection refused', true],
    ['Post "https://w.x.svc:443/mutate?timeout=10s": no endpoints available for service "w"', true],
    [
      'Post "https://w.x.svc:443/mutate?timeout=10s": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      true,
    ],
    ['Post "https://w.x.svc:443/mutate?timeout=10s": context deadline exceeded', true],
    ['Post "https://w.x.svc:443/mutate?timeout=10s": service "w" not found', true],
    ['Post "https://w.x.svc:443/mutate?timeout=10s": EOF', true],
    ["expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind=", false],
    ['Post "https://w.x.svc:443/mutate?timeout=10s": the server could not find the requested resource', false],
  ])("500 from a webhook that cannot be called, to be tried again by its cause: %s", (why, retry) => {
    const message = `Internal error occurred: failed calling webhook "webhook.cert-manager.io": failed to call webhook: ${why}`;
    const error = refused(500, { message, reason: "InternalError", details: { causes: [{ message }] } });
    expect([error.code, error.message, error.detail]).toEqual([
      "webhook-failed",
      "Cannot apply Deployment kubeflow/x: the API server could not call the webhook webhook.cert-manager.io.",
      message,
    ]);
    expect(isRetryable(error)).toBe(retry);
  });

  it("a conversion webhook is named by its kind", () => {
    const error = refused(500, {
      message:
        'conversion webhook for kubeflow.org/v1beta1, Kind=Notebook failed: Post "https://n.x.svc:443/convert?timeout=30s": connection refused',
    });
    expect([error.code, isRetryable(error)]).toEqual(["webhook-failed", true]);
    expect(error.message).toContain("the conversion webhook of Notebook (kubeflow.org/v1beta1)");
  });

  it("a webhook that says no is final", () => {
    const error = refused(400, {
      message: 'admission webhook "v.katib" denied the request: no objective',
      reason: "BadRequest",
    });
    expect([error.code, isRetryable(error)]).toEqual(["object-invalid", false]);
    expect(error.message).toContain("the webhook v.katib denied it");
  });

  it.each([
    [429, "rate-limited", true],
    [500, "server-error", true],
    [503, "server-error", true],
    [504, "server-error", true],
    [413, "object-invalid", false],
  ])("%i is %s", (code, expected, retry) => {
    const error = refusalError(code, "<html>a proxy's page</html>", subject);
    expect([error.code, isRetryable(error), error.detail]).toEqual([expected, retry, "<html>a proxy's page</html>"]);
  });
});

describe("a request without an answer", () => {
  function failure(code: string): FlowdeckError {
    return networkError(Object.assign(new Error("it failed"), { code }), "https://api.example", "prod");
  }

  it.each([
    ["ECONNREFUSED", "cluster-unreachable", "nothing is listening there", true, false],
    ["ENOTFOUND", "cluster-unreachable", "its name is unknown", true, false],
    ["UND_ERR_CONNECT_TIMEOUT", "cluster-unreachable", "timed out", true, false],
    ["ECONNRESET", "cluster-unreachable", "was reset", true, true],
    ["UND_ERR_SOCKET", "cluster-unreachable", "was closed", true, true],
    ["EPROTO", "cluster-unreachable", "does not use TLS", false, false],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "cluster-untrusted", "certificate authority", false, false],
    ["CERT_HAS_EXPIRED", "cluster-untrusted", "has expired", false, false],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "cluster-untrusted", "another hostname", false, false],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "credentials-rejected", "client certificate", false, false],
  ])("%s is %s", (code, expected, words, retry, broke) => {
    const error = failure(code);
    expect(error.code).toBe(expected);
    expect(error.message).toContain(words);
    expect(error.message).toContain(expected === "cluster-unreachable" ? "api.example:443" : "api.example");
    expect(error.detail).toBe(`it failed (${code})`);
    expect([isRetryable(error), connectionBroke(error)]).toEqual([retry, broke]);
  });

  it("finds the code in the cause and in an aggregate", () => {
    const inner = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    const thrown = new TypeError("fetch failed", { cause: new AggregateError([inner]) });
    expect(networkError(thrown, "https://api.example", "prod").message).toContain("nothing is listening there");
  });

  it("anything else thrown is not retried", () => {
    expect(isRetryable(new Error("bug"))).toBe(false);
    expect(isRetryable(new DOMException("stop", "AbortError"))).toBe(false);
  });
});
