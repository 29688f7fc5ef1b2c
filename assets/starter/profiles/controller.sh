#!/bin/bash
# Makes every Profile a namespace of its own, which goes when the Profile goes (owner references).
set -uo pipefail

objects='
  .metadata.name as $name | .spec.owner as $owner |
  {apiVersion: "kubeflow.org/v1", kind: "Profile", name: $name, uid: .metadata.uid, controller: true, blockOwnerDeletion: true} as $by |
  def account($account): {apiVersion: "v1", kind: "ServiceAccount", metadata: {name: $account, namespace: $name}};
  def binding($binding; $role; $subject): {apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding",
    metadata: {name: $binding, namespace: $name}, subjects: [$subject],
    roleRef: {apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: $role}};
  {apiVersion: "v1", kind: "List", items: ([
    {apiVersion: "v1", kind: "Namespace", metadata: {name: $name, ownerReferences: [$by], annotations: {owner: $owner.name},
      labels: {"app.kubernetes.io/part-of": "kubeflow-profile"}}},
    account("default-editor"), account("default-viewer"),
    binding("namespaceAdmin"; "kubeflow-admin"; {apiGroup: "rbac.authorization.k8s.io", kind: $owner.kind, name: $owner.name}),
    binding("default-editor"; "kubeflow-edit"; {kind: "ServiceAccount", name: "default-editor", namespace: $name}),
    binding("default-viewer"; "kubeflow-view"; {kind: "ServiceAccount", name: "default-viewer", namespace: $name})
  ] + (if .spec.resourceQuotaSpec then [{apiVersion: "v1", kind: "ResourceQuota",
    metadata: {name: "kf-resource-quota", namespace: $name}, spec: .spec.resourceQuotaSpec}] else [] end))}'

reconcile() {
  local profile=$1 name condition
  name=$(jq -r .metadata.name <<<"$profile")
  local owner
  owner=$(kubectl get namespace "$name" --ignore-not-found -o jsonpath='{.metadata.uid} {.metadata.ownerReferences[0].uid}')
  if [[ -n $owner && ${owner#* } != "$(jq -r .metadata.uid <<<"$profile")" ]]; then
    condition='{"type":"Failed","message":"a namespace of this name belongs to something else"}'
  elif jq "$objects" <<<"$profile" | kubectl apply --server-side --field-manager=profile-controller -f - >/dev/null; then
    condition='{"type":"Successful","status":"True"}'
  else
    condition='{"type":"Failed","message":"see the log of profile-controller"}'
  fi
  kubectl patch profile "$name" --subresource=status --type=merge -p "{\"status\":{\"conditions\":[$condition]}}" >/dev/null
}

while true; do
  if profiles=$(kubectl get profiles.kubeflow.org -o json); then
    touch /tmp/ready
    while read -r profile; do reconcile "$profile"; done < <(jq -c '.items[] | select(.metadata.deletionTimestamp == null)' <<<"$profiles")
  fi
  sleep 5
done
