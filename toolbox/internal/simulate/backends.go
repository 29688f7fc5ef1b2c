package simulate

import (
	"sync"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

// backends knows which Services have a Ready pod behind them.
type backends struct {
	mutex sync.Mutex
	// byIP maps a cluster IP to the Service's namespace/name.
	byIP map[string]string
	// ready maps an EndpointSlice's key to the Service it makes reachable, if it does.
	slices   map[string]string
	listener func()
}

func newBackends(factory informers.SharedInformerFactory) *backends {
	b := &backends{byIP: map[string]string{}, slices: map[string]string{}}
	services := factory.Core().V1().Services().Informer()
	_, _ = services.AddEventHandler(handler(func(service *corev1.Service, gone bool) {
		for _, ip := range service.Spec.ClusterIPs {
			b.note(b.byIP, ip, service.Namespace+"/"+service.Name, gone || ip == corev1.ClusterIPNone)
		}
	}))
	slices := factory.Discovery().V1().EndpointSlices().Informer()
	_, _ = slices.AddEventHandler(handler(func(slice *discoveryv1.EndpointSlice, gone bool) {
		service := slice.Namespace + "/" + slice.Labels[discoveryv1.LabelServiceName]
		b.note(b.slices, slice.Namespace+"/"+slice.Name, service, gone || !hasReady(slice))
	}))
	return b
}

// onChange sets who is told after every change; before the informers start.
func (b *backends) onChange(listener func()) { b.listener = listener }

func (b *backends) note(table map[string]string, key, value string, gone bool) {
	b.mutex.Lock()
	if gone {
		delete(table, key)
	} else {
		table[key] = value
	}
	b.mutex.Unlock()
	if b.listener != nil {
		b.listener()
	}
}

// service gives the namespace/name behind a cluster IP.
func (b *backends) service(ip string) (string, bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	name, known := b.byIP[ip]
	return name, known
}

// ready says whether a Service has a Ready endpoint.
func (b *backends) ready(service string) bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, reachable := range b.slices {
		if reachable == service {
			return true
		}
	}
	return false
}

// hasReady follows the API: an endpoint whose readiness is unknown counts as ready.
// https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ready
func hasReady(slice *discoveryv1.EndpointSlice) bool {
	for _, endpoint := range slice.Endpoints {
		if endpoint.Conditions.Ready == nil || *endpoint.Conditions.Ready {
			return true
		}
	}
	return false
}

// handler turns an informer's three calls into one.
func handler[T any](apply func(object T, gone bool)) cache.ResourceEventHandler {
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { apply(object.(T), false) },
		UpdateFunc: func(_, object any) { apply(object.(T), false) },
		DeleteFunc: func(object any) {
			if last, ok := object.(cache.DeletedFinalStateUnknown); ok {
				object = last.Obj
			}
			if known, ok := object.(T); ok {
				apply(known, true)
			}
		},
	}
}
