// Package images reads, copies and serves container images. A request is one
// JSON document on standard input, credentials included; what happens is
// written to standard output as JSON lines. The work stops at an interrupt, and
// when standard input ends: then whoever asked no longer exists.
package images

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/google/go-containerregistry/pkg/logs"
)

type command func(context.Context, json.RawMessage, *events) error

var commands = map[string]command{
	"certificate": decoded(issue),
	"check":       decoded(check),
	"inspect":     decoded(inspect),
	"mirror":      decoded(mirror),
	"serve":       decoded(serve),
}

// Main runs one of the commands. Its exit code is 1 when it failed, 2 when the
// request is wrong and 130 when it was stopped.
func Main(args []string, in io.Reader, out, errors io.Writer) int {
	if len(args) != 1 || commands[args[0]] == nil {
		fmt.Fprintln(errors, "usage: images certificate|check|inspect|mirror|serve, with a request on standard input")
		return 2
	}
	logs.Warn.SetOutput(io.Discard)
	log.SetOutput(errors)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	decoder := json.NewDecoder(in)
	var request json.RawMessage
	if err := decoder.Decode(&request); err != nil {
		fmt.Fprintln(errors, "images: standard input is not a request:", err)
		return 2
	}
	go func() {
		_, _ = io.Copy(io.Discard, in)
		stop()
	}()
	err := commands[args[0]](ctx, request, &events{encoder: json.NewEncoder(out)})
	switch {
	case ctx.Err() != nil:
		return 130
	case err != nil:
		fmt.Fprintln(errors, "images:", err)
		return 1
	}
	return 0
}

func decoded[Request any](run func(context.Context, Request, *events) error) command {
	return func(ctx context.Context, raw json.RawMessage, out *events) error {
		var request Request
		if err := json.Unmarshal(raw, &request); err != nil {
			return err
		}
		return run(ctx, request, out)
	}
}

// events writes lines that do not run into each other.
type events struct {
	mutex   sync.Mutex
	encoder *json.Encoder
}

func (e *events) write(event any) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	_ = e.encoder.Encode(event) // whoever read it is gone; standard input says so, too
}

// each runs work for every item, at most `workers` at once, until ctx ends.
func each[Item any](ctx context.Context, workers int, items []Item, work func(Item)) {
	queue := make(chan Item)
	var group sync.WaitGroup
	for range max(1, min(workers, len(items))) {
		group.Go(func() {
			for item := range queue {
				if ctx.Err() == nil {
					work(item)
				}
			}
		})
	}
	for _, item := range items {
		queue <- item
	}
	close(queue)
	group.Wait()
}
