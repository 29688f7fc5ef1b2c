package images

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

const (
	// A limit of six hours is waited for; it can be stopped, and continued, at any time.
	mirrorPatience = 7 * time.Hour
	progressEvery  = 250 * time.Millisecond
)

type mirrorRequest struct {
	access
	Images []pair `json:"images"`
	// Of an index, only these are copied (linux/amd64); none: all.
	Platforms []string `json:"platforms"`
	Workers   int      `json:"workers"`
}

type pair struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type mirrored struct {
	Event string `json:"event"`
	pair
	// started, copied, present or failed.
	State  string `json:"state"`
	Digest string `json:"digest,omitempty"`
	// The image is named by its digest, so its index was copied as a whole.
	Whole   bool     `json:"whole,omitempty"`
	Problem *problem `json:"problem,omitempty"`
}

type progressed struct {
	Event string `json:"event"`
	From  string `json:"from"`
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
}

type summary struct {
	Event string `json:"event"`
	tally
	// Blobs that were sent, that were there, and that the registry took from another repository of its own.
	BlobsSent    int64 `json:"blobsSent"`
	BlobsPresent int64 `json:"blobsPresent"`
	BlobsMounted int64 `json:"blobsMounted"`
	BytesSent    int64 `json:"bytesSent"`
	Ms           int64 `json:"ms"`
}

type tally struct {
	Copied  int `json:"copied"`
	Present int `json:"present"`
	Failed  int `json:"failed"`
}

// mirror copies images by digest. What the target has already is not sent
// again, so that running it once more continues where it was stopped.
func mirror(ctx context.Context, request mirrorRequest, out *events) error {
	began := time.Now()
	network, err := request.network()
	if err != nil {
		return err
	}
	reading := newThrottle(network, out, mirrorPatience)
	sent := &counter{inner: newThrottle(network, out, mirrorPatience)}
	total := summary{Event: "summary"}
	var mutex sync.Mutex
	each(ctx, orElse(request.Workers, 4), request.Images, func(image pair) {
		line := mirrored{Event: "image", pair: image, State: "started"}
		out.write(line)
		if err := request.copy(ctx, reading, sent, &line, out); err != nil {
			line.State, line.Problem = "failed", reading.problem(err)
		}
		if ctx.Err() != nil {
			return
		}
		out.write(line)
		mutex.Lock()
		defer mutex.Unlock()
		switch line.State {
		case "copied":
			total.Copied++
		case "present":
			total.Present++
		default:
			total.Failed++
		}
	})
	total.BlobsSent, total.BlobsPresent = sent.sent.Load(), sent.present.Load()
	total.BlobsMounted, total.BytesSent = sent.mounted.Load(), sent.bytes.Load()
	total.Ms = time.Since(began).Milliseconds()
	out.write(total)
	return ctx.Err()
}

func (r mirrorRequest) copy(ctx context.Context, reading http.RoundTripper, writing http.RoundTripper, line *mirrored, out *events) error {
	from, err := r.reference(line.From)
	if err != nil {
		return err
	}
	to, err := r.reference(line.To)
	if err != nil {
		return err
	}
	source := r.options(ctx, from.Context().Registry, reading)
	target := append(r.options(ctx, to.Context().Registry, writing), remote.WithJobs(4))
	found, err := remote.Get(from, source...)
	if err != nil {
		return err
	}
	content, digest, err := r.chosen(found, from, line)
	if err != nil {
		return err
	}
	line.Digest = digest.String()
	// A manifest is taken only after all it names: one that is there is whole.
	there, err := remote.Head(to, target...)
	if err == nil && there.Digest == digest {
		line.State = "present"
		return nil
	}
	if err != nil && !isMissing(err) {
		return err
	}
	updates := make(chan v1.Update, 64)
	target = append(target, remote.WithProgress(updates))
	var group sync.WaitGroup
	group.Go(func() { report(line.From, updates, out) })
	switch whole := content.(type) {
	case v1.ImageIndex:
		err = remote.WriteIndex(to, whole, target...)
	case v1.Image:
		err = remote.Write(to, whole, target...)
	}
	group.Wait()
	if err != nil {
		return err
	}
	line.State = "copied"
	return nil
}

// chosen is the image, or its index with the platforms that are asked for. An
// index that is named by its digest stays as it is: with less it would be another.
func (r mirrorRequest) chosen(found *remote.Descriptor, from name.Reference, line *mirrored) (remote.Taggable, v1.Hash, error) {
	if !found.MediaType.IsIndex() {
		image, err := found.Image()
		return image, found.Digest, err
	}
	index, err := found.ImageIndex()
	if err != nil || len(r.Platforms) == 0 {
		return index, found.Digest, err
	}
	if _, byDigest := from.(name.Digest); byDigest {
		line.Whole = true
		return index, found.Digest, nil
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return nil, v1.Hash{}, err
	}
	if !slices.ContainsFunc(manifest.Manifests, r.wants) {
		return nil, v1.Hash{}, errors.New("the image is for none of the chosen platforms: " + strings.Join(r.Platforms, ", "))
	}
	part := mutate.RemoveManifests(index, func(one v1.Descriptor) bool { return !r.wants(one) })
	digest, err := part.Digest()
	return part, digest, err
}

func (r mirrorRequest) wants(one v1.Descriptor) bool {
	full := platformName(one.Platform)
	return slices.ContainsFunc(r.Platforms, func(wanted string) bool {
		return full == wanted || strings.HasPrefix(full, wanted+"/")
	})
}

func isMissing(err error) bool {
	var answer *transport.Error
	return errors.As(err, &answer) && answer.StatusCode == http.StatusNotFound
}

// report passes progress on, not more often than anyone can see. It ends with the updates.
func report(image string, updates <-chan v1.Update, out *events) {
	var last time.Time
	for update := range updates {
		if update.Error != nil || time.Since(last) < progressEvery && update.Complete < update.Total {
			continue
		}
		last = time.Now()
		out.write(progressed{"progress", image, update.Complete, update.Total})
	}
}

// counter sees what is really sent to a target.
type counter struct {
	inner                         http.RoundTripper
	sent, present, mounted, bytes atomic.Int64
}

func (c *counter) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body != nil && strings.Contains(request.URL.Path, "/blobs/uploads/") {
		counted := request.Clone(request.Context())
		counted.Body = &countedBody{request.Body, &c.bytes}
		request = counted
	}
	response, err := c.inner.RoundTrip(request)
	if err != nil || !strings.Contains(request.URL.Path, "/blobs/") {
		return response, err
	}
	switch {
	case request.Method == http.MethodHead && response.StatusCode == http.StatusOK:
		c.present.Add(1)
	case request.Method == http.MethodPost && response.StatusCode == http.StatusCreated:
		c.mounted.Add(1)
	case request.Method == http.MethodPut && response.StatusCode == http.StatusCreated:
		c.sent.Add(1)
	}
	return response, err
}

type countedBody struct {
	io.ReadCloser
	count *atomic.Int64
}

func (b *countedBody) Read(into []byte) (int, error) {
	n, err := b.ReadCloser.Read(into)
	b.count.Add(int64(n))
	return n, err
}
