import { expect, it } from "vitest";
import { platformOf } from "../../../../common/contract/index.ts";

const context = { name: "work", cluster: "work", server: "https://10.0.0.1:6443", practice: false };

it.each([
  [{}, "existing"],
  [{ practice: true }, "practice"],
  [{ server: "https://0A1B2C.gr7.ap-northeast-2.eks.amazonaws.com" }, "eks"],
  [{ server: "https://0A1B2C.yl4.cn-north-1.eks.amazonaws.com.cn" }, "eks"],
  [{ cluster: "arn:aws:eks:ap-northeast-2:111122223333:cluster/kf" }, "eks"],
  [{ cluster: "kf.ap-northeast-2.eksctl.io" }, "eks"],
  [{ name: "gke_my-project_asia-northeast3_kf" }, "gke"],
  [{ name: "own", cluster: "gke_my-project_asia-northeast3-a_kf" }, "gke"],
  [{ server: "https://kf-dns-1a2b.hcp.koreacentral.azmk8s.io:443" }, "aks"],
  [{ name: "kind-kf" }, "kind"],
  [{ name: "k3d-kf" }, "k3d"],
  [{ name: "kf", cluster: "minikube" }, "minikube"],
  [{ server: "https://eks.amazonaws.com.example.org" }, "existing"],
  [{ server: "not an address" }, "existing"],
] as const)("says on what a cluster runs: %j", (change, platform) => {
  expect(platformOf({ ...context, ...change })).toBe(platform);
});
