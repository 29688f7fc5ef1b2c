package images

import (
	"bytes"
	"io"
	"testing"
	"time"
)

func TestTheWorkStopsWithItsInput(t *testing.T) {
	reader, writer := io.Pipe()
	var out bytes.Buffer
	done := make(chan int, 1)
	go func() { done <- Main([]string{"serve"}, reader, &out, io.Discard) }()
	_, _ = writer.Write([]byte(`{"address":"127.0.0.1:0"}`))
	_ = writer.Close()
	select {
	case code := <-done:
		if code != 130 {
			t.Error(code, out.String())
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it goes on")
	}
}
