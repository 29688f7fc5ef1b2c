package simulate

import (
	"context"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/cache"
)

var definitionsResource = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}

// watchDefinitions follows CustomResourceDefinitions: kinds are watched while
// theirs is Established, and the injector looks at those that ask for it.
// Schemas are large, and nothing here reads them: they are dropped on arrival,
// and of the versions only the names of those that are served stay.
func (r *runner) watchDefinitions(ctx context.Context) cache.SharedIndexInformer {
	definitions := r.dynamic.Resource(definitionsResource)
	informer := cache.NewSharedIndexInformer(&cache.ListWatch{
		ListWithContextFunc: func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
			return definitions.List(ctx, options)
		},
		WatchFuncWithContext: func(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
			return definitions.Watch(ctx, options)
		},
	}, &unstructured.Unstructured{}, 0, cache.Indexers{})
	_ = informer.SetTransform(withoutSchemas)
	injected := r.kindOf(definitionsResource)
	r.mutex.Lock()
	r.watching[injected] = &watching{informer.GetStore(), func() {}}
	r.mutex.Unlock()
	_, _ = informer.AddEventHandler(handler(func(definition *unstructured.Unstructured, gone bool) {
		for _, k := range r.kinds {
			if !k.custom || k.crd() != definition.GetName() {
				continue
			}
			if gone || definition.GetDeletionTimestamp() != nil && !isEstablished(definition) {
				r.stopWatch(k)
			} else if isEstablished(definition) && slices.Contains(servedVersions(definition), k.resource.Version) {
				r.startWatch(ctx, k)
			}
		}
		if !gone && asksForCA(definition) {
			r.enqueue(injected, definition)
		}
	}))
	return informer
}

func (r *runner) kindOf(resource schema.GroupVersionResource) *kind {
	for _, k := range r.kinds {
		if k.resource == resource {
			return k
		}
	}
	return nil
}

func withoutSchemas(object any) (any, error) {
	if definition, ok := object.(*unstructured.Unstructured); ok {
		served := make([]any, 0, 1)
		for _, version := range servedVersions(definition) {
			served = append(served, map[string]any{"name": version, "served": true})
		}
		_ = unstructured.SetNestedSlice(definition.Object, served, "spec", "versions")
		definition.SetManagedFields(nil)
	}
	return object, nil
}

// servedVersions gives the names of the versions a definition serves.
func servedVersions(definition *unstructured.Unstructured) []string {
	versions, _, _ := unstructured.NestedSlice(definition.Object, "spec", "versions")
	var names []string
	for _, each := range versions {
		if version, ok := each.(map[string]any); ok && version["served"] == true {
			if name, ok := version["name"].(string); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

func isEstablished(definition *unstructured.Unstructured) bool {
	condition, found := conditionOf(definition, "Established")
	return found && condition["status"] == "True"
}

// conditionOf gives an object's condition of a type.
func conditionOf(object *unstructured.Unstructured, kind string) (map[string]any, bool) {
	conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	for _, each := range conditions {
		if condition, ok := each.(map[string]any); ok && condition["type"] == kind {
			return condition, true
		}
	}
	return nil, false
}

// setCondition puts a condition into an object's status and says whether that
// changed anything. The time of the last transition is kept while the status is.
func setCondition(object *unstructured.Unstructured, condition map[string]any) bool {
	conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	condition["lastTransitionTime"] = time.Now().UTC().Format(time.RFC3339)
	for i, each := range conditions {
		old, ok := each.(map[string]any)
		if !ok || old["type"] != condition["type"] {
			continue
		}
		if old["status"] == condition["status"] {
			condition["lastTransitionTime"] = old["lastTransitionTime"]
		}
		same := len(old) == len(condition)
		for name, value := range condition {
			same = same && old[name] == value
		}
		if same {
			return false
		}
		conditions[i] = condition
		_ = unstructured.SetNestedSlice(object.Object, conditions, "status", "conditions")
		return true
	}
	_ = unstructured.SetNestedSlice(object.Object, append(conditions, condition), "status", "conditions")
	return true
}
