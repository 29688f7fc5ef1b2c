package practice

import (
	"fmt"
	"path/filepath"
)

const (
	serviceRange = "10.96.0.0/16"
	podRange     = "10.244.0.0/16"
)

// layout is where the files of a cluster are.
type layout struct{ dir string }

func (l layout) path(parts ...string) string {
	return filepath.Join(append([]string{l.dir}, parts...)...)
}

func (l layout) kubeconfig() string { return l.path("kubeconfig") }

func etcdArguments(l layout, keys pki, p ports) []string {
	client, peer := fmt.Sprintf("https://127.0.0.1:%d", p.Etcd), fmt.Sprintf("https://127.0.0.1:%d", p.EtcdPeer)
	return []string{
		"--name=practice",
		"--data-dir=" + l.path("etcd"),
		"--listen-client-urls=" + client, "--advertise-client-urls=" + client,
		"--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer,
		"--initial-cluster=practice=" + peer,
		"--cert-file=" + keys.cert("etcd"), "--key-file=" + keys.key("etcd"),
		"--trusted-ca-file=" + keys.cert("etcd-ca"), "--client-cert-auth",
		"--peer-cert-file=" + keys.cert("etcd"), "--peer-key-file=" + keys.key("etcd"),
		"--peer-trusted-ca-file=" + keys.cert("etcd-ca"), "--peer-client-cert-auth",
		// Survives the end of the process, not a power cut: a practice cluster is made again in seconds.
		"--unsafe-no-fsync",
		"--quota-backend-bytes=4294967296",
		"--auto-compaction-mode=periodic", "--auto-compaction-retention=10m",
		"--log-level=warn",
	}
}

func apiServerArguments(l layout, keys pki, p ports, egressConfig string) []string {
	return []string{
		"--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none",
		fmt.Sprintf("--secure-port=%d", p.APIServer),
		fmt.Sprintf("--etcd-servers=https://127.0.0.1:%d", p.Etcd),
		"--etcd-cafile=" + keys.cert("etcd-ca"),
		"--etcd-certfile=" + keys.cert("apiserver-etcd-client"), "--etcd-keyfile=" + keys.key("apiserver-etcd-client"),
		"--tls-cert-file=" + keys.cert("apiserver"), "--tls-private-key-file=" + keys.key("apiserver"),
		"--client-ca-file=" + keys.cert("ca"),
		"--service-account-key-file=" + filepath.Join(keys.dir, "service-account.pub"),
		"--service-account-signing-key-file=" + keys.key("service-account"),
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--authorization-mode=Node,RBAC", "--allow-privileged",
		"--service-cluster-ip-range=" + serviceRange,
		"--kubelet-certificate-authority=" + keys.cert("ca"),
		"--kubelet-client-certificate=" + keys.cert("apiserver-kubelet-client"),
		"--kubelet-client-key=" + keys.key("apiserver-kubelet-client"),
		"--kubelet-preferred-address-types=InternalIP",
		"--requestheader-client-ca-file=" + keys.cert("front-proxy-ca"),
		"--requestheader-allowed-names=front-proxy",
		"--requestheader-username-headers=X-Remote-User",
		"--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--proxy-client-cert-file=" + keys.cert("front-proxy"), "--proxy-client-key-file=" + keys.key("front-proxy"),
		"--egress-selector-config-file=" + egressConfig,
		"--profiling=false",
	}
}

func controllerManagerArguments(l layout, keys pki) []string {
	return []string{
		"--kubeconfig=" + l.path("internal", "controller-manager.kubeconfig"),
		"--use-service-account-credentials",
		"--service-account-private-key-file=" + keys.key("service-account"),
		"--root-ca-file=" + keys.cert("ca"),
		"--cluster-signing-cert-file=" + keys.cert("ca"), "--cluster-signing-key-file=" + keys.key("ca"),
		"--leader-elect=false", "--secure-port=0", "--profiling=false",
		// One person's cluster on their own machine: the defaults (20 per second) are for
		// sparing a shared API server, and make an install wait.
		"--kube-api-qps=300", "--kube-api-burst=500",
		"--concurrent-deployment-syncs=20", "--concurrent-replicaset-syncs=20", "--concurrent-namespace-syncs=20",
	}
}

func schedulerArguments(l layout) []string {
	return []string{
		"--kubeconfig=" + l.path("internal", "scheduler.kubeconfig"),
		"--leader-elect=false", "--secure-port=0", "--profiling=false",
		"--kube-api-qps=300", "--kube-api-burst=500",
	}
}

func kwokArguments(l layout) []string {
	return []string{
		"--kubeconfig=" + l.path("internal", "kwok.kubeconfig"),
		"--config=" + l.path("internal", "stages.yaml"),
		"--manage-all-nodes",
		// Nodes and their leases are the supervisor's (package simulate); without leases kwok
		// takes over its pods at once after a restart.
		"--node-lease-duration-seconds=0",
		"--cidr=" + podRange,
	}
}

// egressConfiguration sends what the API server wants to reach inside the cluster
// (webhooks, kubelets, pods) to the simulator's socket.
// https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/
func egressConfiguration(socket string) string {
	return fmt.Sprintf(`apiVersion: apiserver.k8s.io/v1beta1
kind: EgressSelectorConfiguration
egressSelections:
- name: cluster
  connection:
    proxyProtocol: HTTPConnect
    transport:
      uds:
        udsName: %q
`, socket)
}
