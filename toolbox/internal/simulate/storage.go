package simulate

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// ensureStorageClass makes the default StorageClass whose claims kwok's stages bind.
func ensureStorageClass(ctx context.Context, client kubernetes.Interface) {
	reclaim, binding := corev1.PersistentVolumeReclaimDelete, storagev1.VolumeBindingImmediate
	class := &storagev1.StorageClass{
		ObjectMeta: metav1.ObjectMeta{
			Name: "standard", Labels: map[string]string{Label: "true"},
			Annotations: map[string]string{"storageclass.kubernetes.io/is-default-class": "true"},
		},
		Provisioner: "practice.flowdeck.dev/simulated", ReclaimPolicy: &reclaim, VolumeBindingMode: &binding,
	}
	for ctx.Err() == nil {
		_, err := client.StorageV1().StorageClasses().Create(ctx, class, metav1.CreateOptions{FieldManager: fieldManager})
		if err == nil || apierrors.IsAlreadyExists(err) {
			return
		}
		time.Sleep(retryEvery)
	}
}
