package simulate

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

const (
	workers = 6
	// laterEvery is the fallback for what is also woken by events.
	laterEvery = 2 * time.Second
)

// errLater says that something else has to happen first.
var errLater = errors.New("not yet")

// kind is one resource a simulated controller acts on.
type kind struct {
	resource schema.GroupVersionResource
	gate     gate
	// custom kinds are watched while their CustomResourceDefinition is Established.
	custom    bool
	reconcile func(context.Context, *unstructured.Unstructured) error
}

func (k *kind) crd() string { return k.resource.Resource + "." + k.resource.Group }

type item struct {
	kind *kind
	key  string
}

// runner watches the kinds and calls their reconcile functions, while their gate is open.
type runner struct {
	client  kubernetes.Interface
	dynamic dynamic.Interface
	signer  *signer
	gates   *gates
	kinds   []*kind
	queue   workqueue.TypedRateLimitingInterface[item]

	mutex    sync.Mutex
	watching map[*kind]*watching
}

type watching struct {
	store  cache.Store
	cancel context.CancelFunc
}

func newRunner(client kubernetes.Interface, dynamicClient dynamic.Interface, signer *signer, gates *gates) *runner {
	r := &runner{
		client: client, dynamic: dynamicClient, signer: signer, gates: gates, watching: map[*kind]*watching{},
		queue: workqueue.NewTypedRateLimitingQueue(
			workqueue.NewTypedItemExponentialFailureRateLimiter[item](50*time.Millisecond, 10*time.Second)),
	}
	r.kinds = append(r.kinds, r.certManagerKinds()...)
	r.kinds = append(r.kinds, r.injectedKinds()...)
	r.kinds = append(r.kinds, r.profileKind())
	return r
}

func (r *runner) run(ctx context.Context) {
	definitions := r.watchDefinitions(ctx)
	for _, k := range r.kinds {
		if !k.custom && k.resource != definitionsResource {
			r.startWatch(ctx, k)
		}
	}
	r.gates.onOpen(r.wake)
	for _, g := range []gate{gateCertManager, gateCAInjector, gateCertWebhook, gateProfiles} {
		r.wake(g) // those that opened before
	}
	var tasks sync.WaitGroup
	tasks.Go(func() { definitions.RunWithContext(ctx) })
	for range workers {
		tasks.Go(func() {
			for r.work(ctx) {
			}
		})
	}
	<-ctx.Done()
	r.queue.ShutDown()
	tasks.Wait()
}

// startWatch watches a kind's objects until ctx or stopWatch ends it.
func (r *runner) startWatch(ctx context.Context, k *kind) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.watching[k] != nil {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	informer := dynamicinformer.NewFilteredDynamicInformer(r.dynamic, k.resource, metav1.NamespaceAll, 0, cache.Indexers{}, nil).Informer()
	_, _ = informer.AddEventHandler(handler(func(object *unstructured.Unstructured, gone bool) {
		if !gone {
			r.enqueue(k, object)
		}
	}))
	r.watching[k] = &watching{informer.GetStore(), cancel}
	go informer.RunWithContext(ctx)
}

func (r *runner) stopWatch(k *kind) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if w := r.watching[k]; w != nil {
		w.cancel()
		delete(r.watching, k)
	}
}

func (r *runner) enqueue(k *kind, object metav1.Object) {
	key, err := cache.MetaNamespaceKeyFunc(object)
	if err == nil {
		r.queue.Add(item{k, key})
	}
}

// wake looks again at every object of a controller's kinds.
func (r *runner) wake(g gate) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for k, w := range r.watching {
		if k.gate != g && g != gateCertWebhook {
			continue
		}
		for _, key := range w.store.ListKeys() {
			r.queue.Add(item{k, key})
		}
	}
}

func (r *runner) work(ctx context.Context) bool {
	next, shutdown := r.queue.Get()
	if shutdown {
		return false
	}
	defer r.queue.Done(next)
	err := r.handle(ctx, next)
	switch {
	case err == nil || apierrors.IsNotFound(err) || ctx.Err() != nil:
		r.queue.Forget(next)
	case errors.Is(err, errLater):
		r.queue.Forget(next)
		r.queue.AddAfter(next, laterEvery)
	default:
		r.queue.AddRateLimited(next)
	}
	return true
}

func (r *runner) handle(ctx context.Context, next item) (err error) {
	defer func() {
		// An object of an unforeseen shape must not end the cluster.
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%s: %v", next.key, problem)
		}
	}()
	if !r.gates.isOpen(next.kind.gate) {
		return nil // its gate wakes it
	}
	r.mutex.Lock()
	w := r.watching[next.kind]
	r.mutex.Unlock()
	if w == nil {
		return nil
	}
	stored, found, err := w.store.GetByKey(next.key)
	if err != nil || !found {
		return err
	}
	if next.kind.resource == definitionsResource {
		return r.injectDefinition(ctx, stored.(metav1.Object).GetName())
	}
	return next.kind.reconcile(ctx, stored.(*unstructured.Unstructured).DeepCopy())
}
