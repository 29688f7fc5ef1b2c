package images

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

const (
	// What a person waits for an answer that can be had later.
	inspectPatience = 20 * time.Second
	oneImage        = 60 * time.Second
)

type inspectRequest struct {
	access
	Images []string `json:"images"`
	// Only whether they answer: requests that count toward no limit on Docker Hub.
	Head    bool `json:"head"`
	Workers int  `json:"workers"`
}

type inspected struct {
	Event string `json:"event"`
	Image string `json:"image"`
	// Of what the name stands for: an index, or a single image.
	Digest    string     `json:"digest,omitempty"`
	MediaType string     `json:"mediaType,omitempty"`
	Platforms []platform `json:"platforms,omitempty"`
	Problem   *problem   `json:"problem,omitempty"`
	Ms        int64      `json:"ms"`
}

type platform struct {
	// linux/amd64, linux/arm64/v8
	Platform string `json:"platform"`
	Digest   string `json:"digest"`
	// Bytes to download: the configuration and all layers, compressed.
	Size   int64 `json:"size"`
	Layers int   `json:"layers"`
}

// inspect writes a line for every image, in the order in which they answer.
func inspect(ctx context.Context, request inspectRequest, out *events) error {
	network, err := request.network()
	if err != nil {
		return err
	}
	through := newThrottle(network, out, inspectPatience)
	each(ctx, orElse(request.Workers, 8), request.Images, func(image string) {
		began := time.Now()
		// An image that answers slowly must not keep the others waiting for ever.
		limited, cancel := context.WithTimeout(ctx, oneImage)
		defer cancel()
		line := inspected{Event: "image", Image: image}
		if err := request.look(limited, through, &line); err != nil {
			line.Problem = through.problem(err)
		}
		line.Ms = time.Since(began).Milliseconds()
		if ctx.Err() == nil {
			out.write(line)
		}
	})
	return ctx.Err()
}

func (r inspectRequest) look(ctx context.Context, through http.RoundTripper, line *inspected) error {
	ref, err := r.reference(line.Image)
	if err != nil {
		return err
	}
	puller, err := remote.NewPuller(r.options(ctx, ref.Context().Registry, through)...)
	if err != nil {
		return err
	}
	if r.Head {
		head, err := puller.Head(ctx, ref)
		if err != nil {
			return err
		}
		line.Digest, line.MediaType = head.Digest.String(), string(head.MediaType)
		return nil
	}
	found, err := puller.Get(ctx, ref)
	if err != nil {
		return err
	}
	line.Digest, line.MediaType = found.Digest.String(), string(found.MediaType)
	if !found.MediaType.IsIndex() {
		one, err := single(found)
		line.Platforms = []platform{one}
		return err
	}
	line.Platforms, err = children(ctx, puller, ref.Context(), found)
	return err
}

func children(ctx context.Context, puller *remote.Puller, repo name.Repository, found *remote.Descriptor) ([]platform, error) {
	index, err := found.ImageIndex()
	if err != nil {
		return nil, err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, err
	}
	wanted := realImages(manifest.Manifests)
	platforms := make([]platform, len(wanted))
	failures := make([]error, len(wanted))
	var group sync.WaitGroup
	for at, child := range wanted {
		group.Go(func() {
			descriptor, err := puller.Get(ctx, repo.Digest(child.Digest.String()))
			if err != nil {
				failures[at] = err
				return
			}
			size, layers, err := weigh(descriptor)
			platforms[at] = platform{platformName(child.Platform), child.Digest.String(), size, layers}
			failures[at] = err
		})
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return platforms, err
		}
	}
	return platforms, nil
}

// realImages leaves out what describes an image and is not one (attestations).
func realImages(manifests []v1.Descriptor) []v1.Descriptor {
	var images []v1.Descriptor
	for _, one := range manifests {
		if one.MediaType.IsImage() && (one.Platform == nil || one.Platform.OS != "unknown") {
			images = append(images, one)
		}
	}
	return images
}

// single is the one platform of an image that has no index; its configuration says which.
func single(found *remote.Descriptor) (platform, error) {
	size, layers, err := weigh(found)
	one := platform{Digest: found.Digest.String(), Size: size, Layers: layers}
	if err != nil {
		return one, err
	}
	image, err := found.Image()
	if err != nil {
		return one, err
	}
	config, err := image.ConfigFile()
	if err != nil {
		return one, err
	}
	one.Platform = platformName(config.Platform())
	return one, nil
}

func weigh(found *remote.Descriptor) (size int64, layers int, err error) {
	image, err := found.Image()
	if err != nil {
		return 0, 0, err
	}
	manifest, err := image.Manifest()
	if err != nil {
		return 0, 0, err
	}
	size = manifest.Config.Size
	for _, layer := range manifest.Layers {
		size += layer.Size
	}
	return size, len(manifest.Layers), nil
}

func platformName(of *v1.Platform) string {
	if of == nil || of.Architecture == "" {
		return "unknown"
	}
	text := of.OS + "/" + of.Architecture
	if of.Variant != "" {
		text += "/" + of.Variant
	}
	return text
}

func orElse(given, usual int) int {
	if given > 0 {
		return given
	}
	return usual
}
