package simulate

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
)

const (
	nodePrefix  = "practice-"
	kubeletPort = 10250
	// A kubelet's own figures: https://kubernetes.io/docs/concepts/architecture/nodes/#heartbeats
	leaseSeconds = 40
	renewEvery   = 10 * time.Second
	// failed beats come again soon: at first the API server is still starting.
	retryEvery = 100 * time.Millisecond
)

// nodeKeeper is the kubelets' side of the nodes: it creates them and keeps their
// leases fresh. kwok plays the pods on them.
type nodeKeeper struct {
	client  kubernetes.Interface
	version string
	wake    chan struct{}

	mutex sync.Mutex
	count int
}

func nodeName(index int) string { return nodePrefix + strconv.Itoa(index) }

// nodeIP is an address nothing outside the simulation answers on.
func nodeIP(index int) net.IP { return net.IPv4(172, 30, byte(index/250), byte(index%250+1)) }

// NodeIPs are the addresses of the nodes practice-1 to practice-<count>.
func NodeIPs(count int) []net.IP {
	ips := make([]net.IP, 0, count)
	for index := 1; index <= count; index++ {
		ips = append(ips, nodeIP(index))
	}
	return ips
}

// FirstServiceIP is the address of the Service default/kubernetes.
func FirstServiceIP(serviceRange string) net.IP {
	ip, _, err := net.ParseCIDR(serviceRange)
	if err != nil {
		panic(err) // a constant of this program
	}
	first := ip.To4()
	first[3]++
	return first
}

func (k *nodeKeeper) run(ctx context.Context) {
	for {
		wait := renewEvery
		if err := k.beat(ctx); err != nil {
			wait = retryEvery
		}
		select {
		case <-ctx.Done():
			return
		case <-k.wake:
		case <-time.After(wait):
		}
	}
}

// beat makes missing nodes and renews every lease.
func (k *nodeKeeper) beat(ctx context.Context) error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	var failed error
	for index := 1; index <= k.count; index++ {
		if err := k.ensure(ctx, index); err != nil && ctx.Err() == nil {
			failed = err
		}
	}
	return failed
}

func (k *nodeKeeper) ensure(ctx context.Context, index int) error {
	node, err := k.client.CoreV1().Nodes().Get(ctx, nodeName(index), metav1.GetOptions{ResourceVersion: "0"})
	if apierrors.IsNotFound(err) {
		node, err = k.client.CoreV1().Nodes().Create(ctx, k.node(index), metav1.CreateOptions{FieldManager: fieldManager})
		if apierrors.IsAlreadyExists(err) {
			return nil // the cache was behind; the next beat sees it
		}
	} else if err == nil && !isReady(node) {
		// After a long stop the node controller has marked it Unknown.
		err = k.patchStatus(ctx, index)
	}
	if err != nil {
		return err
	}
	return k.renew(ctx, node)
}

func (k *nodeKeeper) renew(ctx context.Context, node *corev1.Node) error {
	leases, now := k.client.CoordinationV1().Leases(corev1.NamespaceNodeLease), metav1.NowMicro()
	patch := fmt.Sprintf(`{"spec":{"renewTime":%q}}`, now.UTC().Format(metav1.RFC3339Micro))
	_, err := leases.Patch(ctx, node.Name, types.MergePatchType, []byte(patch), metav1.PatchOptions{FieldManager: fieldManager})
	if !apierrors.IsNotFound(err) {
		return err
	}
	seconds := int32(leaseSeconds)
	_, err = leases.Create(ctx, &coordinationv1.Lease{
		ObjectMeta: metav1.ObjectMeta{
			Name: node.Name, Labels: map[string]string{Label: "true"},
			OwnerReferences: []metav1.OwnerReference{{APIVersion: "v1", Kind: "Node", Name: node.Name, UID: node.UID}},
		},
		Spec: coordinationv1.LeaseSpec{HolderIdentity: &node.Name, LeaseDurationSeconds: &seconds, RenewTime: &now},
	}, metav1.CreateOptions{FieldManager: fieldManager})
	return err
}

func (k *nodeKeeper) patchStatus(ctx context.Context, index int) error {
	status := k.node(index).Status
	patch, err := json.Marshal(map[string]any{"status": map[string]any{"conditions": status.Conditions}})
	if err != nil {
		return err
	}
	_, err = k.client.CoreV1().Nodes().Patch(ctx, nodeName(index), types.StrategicMergePatchType, patch, metav1.PatchOptions{FieldManager: fieldManager}, "status")
	return err
}

func (k *nodeKeeper) set(ctx context.Context, count int) error {
	k.mutex.Lock()
	k.count = count
	k.mutex.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
	list, err := k.client.CoreV1().Nodes().List(ctx, metav1.ListOptions{LabelSelector: Label + "=true"})
	if err != nil {
		return err
	}
	for _, node := range list.Items {
		index, err := strconv.Atoi(strings.TrimPrefix(node.Name, nodePrefix))
		if err == nil && index > count {
			if err := k.remove(ctx, node.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// remove takes a node away with its pods; their controllers make new ones elsewhere.
func (k *nodeKeeper) remove(ctx context.Context, name string) error {
	_, err := k.client.CoreV1().Nodes().Patch(ctx, name, types.MergePatchType, []byte(`{"spec":{"unschedulable":true}}`), metav1.PatchOptions{FieldManager: fieldManager})
	if err != nil {
		return err
	}
	pods, err := k.client.CoreV1().Pods("").List(ctx, metav1.ListOptions{FieldSelector: "spec.nodeName=" + name})
	if err != nil {
		return err
	}
	for _, pod := range pods.Items {
		if err := deleteNow(ctx, k.client, &pod); err != nil {
			return err
		}
	}
	err = k.client.CoreV1().Nodes().Delete(ctx, name, metav1.DeleteOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

func deleteNow(ctx context.Context, client kubernetes.Interface, pod *corev1.Pod) error {
	none := int64(0)
	err := client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, metav1.DeleteOptions{
		GracePeriodSeconds: &none, Preconditions: metav1.NewUIDPreconditions(string(pod.UID)),
	})
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return nil
	}
	return err
}

func (k *nodeKeeper) node(index int) *corev1.Node {
	name, now := nodeName(index), metav1.Now()
	capacity := corev1.ResourceList{
		corev1.ResourceCPU: resource.MustParse("16"), corev1.ResourceMemory: resource.MustParse("64Gi"),
		corev1.ResourcePods: resource.MustParse("250"), corev1.ResourceEphemeralStorage: resource.MustParse("200Gi"),
	}
	condition := func(kind corev1.NodeConditionType, status corev1.ConditionStatus, reason string) corev1.NodeCondition {
		return corev1.NodeCondition{
			Type: kind, Status: status, Reason: reason, Message: "simulated", LastHeartbeatTime: now, LastTransitionTime: now,
		}
	}
	return &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{
			Name: name,
			Labels: map[string]string{
				Label: "true", corev1.LabelHostname: name, corev1.LabelOSStable: "linux", corev1.LabelArchStable: "amd64",
				corev1.LabelInstanceTypeStable: "practice", corev1.LabelTopologyZone: "practice",
			},
			Annotations: map[string]string{"kwok.x-k8s.io/node": "fake"},
		},
		Status: corev1.NodeStatus{
			Capacity: capacity, Allocatable: capacity,
			Addresses: []corev1.NodeAddress{
				{Type: corev1.NodeInternalIP, Address: nodeIP(index).String()}, {Type: corev1.NodeHostName, Address: name},
			},
			DaemonEndpoints: corev1.NodeDaemonEndpoints{KubeletEndpoint: corev1.DaemonEndpoint{Port: kubeletPort}},
			NodeInfo: corev1.NodeSystemInfo{
				Architecture: "amd64", OperatingSystem: "linux", KubeletVersion: k.version,
				OSImage: "Flowdeck practice node (simulated)", KernelVersion: "simulated", ContainerRuntimeVersion: "simulated://1",
			},
			Conditions: []corev1.NodeCondition{
				condition(corev1.NodeReady, corev1.ConditionTrue, "KubeletReady"),
				condition(corev1.NodeMemoryPressure, corev1.ConditionFalse, "KubeletHasSufficientMemory"),
				condition(corev1.NodeDiskPressure, corev1.ConditionFalse, "KubeletHasNoDiskPressure"),
				condition(corev1.NodePIDPressure, corev1.ConditionFalse, "KubeletHasSufficientPID"),
			},
		},
	}
}

func isReady(node *corev1.Node) bool {
	for _, condition := range node.Status.Conditions {
		if condition.Type == corev1.NodeReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}
