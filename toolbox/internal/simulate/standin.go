package simulate

import (
	_ "embed"
	"net/http"
	"strconv"
)

//go:embed standin.html
var standIn []byte

// serveStandIn answers in place of every program with a web page or port.
func serveStandIn(w http.ResponseWriter, _ *http.Request) {
	header := w.Header()
	header.Set("X-Flowdeck-Simulated", "true")
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(len(standIn)))
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	_, _ = w.Write(standIn)
}
