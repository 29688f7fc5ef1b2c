#!/bin/bash
# Makes every Notebook a Deployment and a Service, which go when the Notebook goes (owner references).
set -uo pipefail

objects='
  .metadata.name as $name | .spec as $spec | {"kubeflow.org/notebook": $name} as $labels |
  {name: $name, namespace: .metadata.namespace, labels: $labels, ownerReferences: [{apiVersion: "kubeflow.org/v1",
    kind: "Notebook", name: $name, uid: .metadata.uid, controller: true, blockOwnerDeletion: true}]} as $metadata |
  {apiVersion: "v1", kind: "List", items: [
    {apiVersion: "v1", kind: "Service", metadata: $metadata, spec: {selector: $labels,
      ports: [{name: "http", port: 80, targetPort: $spec.port}]}},
    {apiVersion: "apps/v1", kind: "Deployment", metadata: $metadata, spec: {
      replicas: (if $spec.stopped then 0 else 1 end), strategy: {type: "Recreate"}, selector: {matchLabels: $labels},
      template: {metadata: {labels: $labels}, spec: {serviceAccountName: "default-editor", containers: [{
        name: "notebook", image: $spec.image, ports: [{containerPort: $spec.port}],
        resources: {requests: {cpu: $spec.cpu, memory: $spec.memory}, limits: {memory: $spec.memory}}}]}}}}
  ]}'

reconcile() {
  local notebook=$1 name namespace ready
  name=$(jq -r .metadata.name <<<"$notebook")
  namespace=$(jq -r .metadata.namespace <<<"$notebook")
  jq "$objects" <<<"$notebook" | kubectl apply --server-side --field-manager=notebook-controller -f - >/dev/null || return
  ready=$(kubectl get deployment "$name" -n "$namespace" -o jsonpath='{.status.readyReplicas}')
  kubectl patch notebook "$name" -n "$namespace" --subresource=status --type=merge \
    -p "{\"status\":{\"readyReplicas\":${ready:-0}}}" >/dev/null
}

while true; do
  if notebooks=$(kubectl get notebooks.kubeflow.org --all-namespaces -o json); then
    touch /tmp/ready
    while read -r notebook; do reconcile "$notebook"; done < <(jq -c '.items[] | select(.metadata.deletionTimestamp == null)' <<<"$notebooks")
  fi
  sleep 5
done
