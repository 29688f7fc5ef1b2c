package practice

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

const pollEvery = 50 * time.Millisecond

// check gives nil when something is so, or why it is not yet.
type check func(context.Context) error

// waitFor repeats a check until it holds, the time is up or ctx ends.
func waitFor(ctx context.Context, limit time.Duration, holds check) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		last := holds(ctx)
		if last == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not within %s: %w", limit, last)
		case <-time.After(pollEvery):
		}
	}
}

// apiAnswers holds once the API server serves requests. /readyz comes later (it
// waits for every default role to be written), and nothing here needs it.
func apiAnswers(client kubernetes.Interface) check {
	return func(ctx context.Context) error {
		_, err := client.CoreV1().Namespaces().Get(ctx, metav1.NamespaceSystem, metav1.GetOptions{})
		return err
	}
}

// clusterUsable holds when pods can be created and scheduled.
func clusterUsable(client kubernetes.Interface, nodes int) check {
	return func(ctx context.Context) error {
		list, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{ResourceVersion: "0"})
		if err != nil {
			return err
		}
		schedulable := 0
		for _, node := range list.Items {
			if nodeSchedulable(node) {
				schedulable++
			}
		}
		if schedulable < nodes {
			return fmt.Errorf("%d of %d nodes are ready", schedulable, nodes)
		}
		if _, err := client.CoreV1().ServiceAccounts(metav1.NamespaceDefault).Get(ctx, "default", metav1.GetOptions{}); err != nil {
			return err
		}
		_, err = client.StorageV1().StorageClasses().Get(ctx, "standard", metav1.GetOptions{})
		return err
	}
}

func nodeSchedulable(node corev1.Node) bool {
	for _, taint := range node.Spec.Taints {
		if taint.Effect == corev1.TaintEffectNoSchedule && taint.Key == corev1.TaintNodeNotReady {
			return false
		}
	}
	for _, condition := range node.Status.Conditions {
		if condition.Type == corev1.NodeReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}
