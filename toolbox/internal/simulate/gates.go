package simulate

import (
	"sync"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/client-go/informers"
)

// gate names a controller whose real Deployment must be there and available
// before its simulation acts.
type gate string

const (
	gateCertManager gate = "cert-manager"
	gateCAInjector  gate = "cainjector"
	gateCertWebhook gate = "cert-manager-webhook"
	gateProfiles    gate = "profiles"
)

// gatesOf says which controllers a Deployment is, by the names and labels the
// projects' own manifests give them.
func gatesOf(deployment *appsv1.Deployment) []gate {
	// In Kubeflow 1.0 the labels of all three say cert-manager.
	switch deployment.Name {
	case "cert-manager-cainjector":
		return []gate{gateCAInjector}
	case "cert-manager-webhook":
		return []gate{gateCertWebhook}
	}
	labels := deployment.Spec.Template.Labels
	switch labels["app.kubernetes.io/name"] {
	case "cert-manager":
		return []gate{gateCertManager}
	case "cainjector":
		return []gate{gateCAInjector}
	case "webhook":
		if labels["app.kubernetes.io/instance"] == "cert-manager" {
			return []gate{gateCertWebhook}
		}
	case "profile-controller":
		return []gate{gateProfiles}
	}
	if deployment.Name == "profiles-deployment" || deployment.Labels["app.kubernetes.io/name"] == "profile-controller" {
		return []gate{gateProfiles}
	}
	return nil
}

// gates follows the Deployments of the simulated controllers.
type gates struct {
	mutex  sync.Mutex
	open   map[string][]gate // Deployment's namespace/name → controllers it makes available
	opened func(gate)
}

func newGates(factory informers.SharedInformerFactory) *gates {
	g := &gates{open: map[string][]gate{}}
	_, _ = factory.Apps().V1().Deployments().Informer().AddEventHandler(handler(g.note))
	return g
}

func (g *gates) note(deployment *appsv1.Deployment, gone bool) {
	own := gatesOf(deployment)
	if len(own) == 0 {
		return
	}
	key, available := deployment.Namespace+"/"+deployment.Name, !gone && deployment.Status.ReadyReplicas > 0
	g.mutex.Lock()
	_, before := g.open[key]
	if available {
		g.open[key] = own
	} else {
		delete(g.open, key)
	}
	opened := g.opened
	g.mutex.Unlock()
	if available && !before && opened != nil {
		for _, each := range own {
			opened(each)
		}
	}
}

// onOpen sets who is told when a gate opens.
func (g *gates) onOpen(opened func(gate)) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.opened = opened
}

func (g *gates) isOpen(wanted gate) bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	for _, own := range g.open {
		for _, each := range own {
			if each == wanted {
				return true
			}
		}
	}
	return false
}
