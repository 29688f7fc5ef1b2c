package practice

import (
	"crypto/subtle"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"time"

	"flowdeck/toolbox/internal/simulate"
)

const bodyLimit = 1 << 20

// Control is control.json: how the app finds and steers a running supervisor.
type Control struct {
	PID     int    `json:"pid"`
	Port    int    `json:"port"`
	Token   string `json:"token"`
	Version string `json:"version"`
}

// controlHandler serves the supervisor's control address to whoever holds the token.
func (s *supervisor) controlHandler(token string, port int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /status", func(w http.ResponseWriter, _ *http.Request) {
		status, _ := s.board.read()
		answer(w, http.StatusOK, status)
	})
	mux.HandleFunc("GET /events", s.serveEvents)
	mux.HandleFunc("POST /stop", func(w http.ResponseWriter, _ *http.Request) {
		s.requestStop()
		status, _ := s.board.read()
		answer(w, http.StatusAccepted, status)
	})
	mux.HandleFunc("PUT /settings", func(w http.ResponseWriter, r *http.Request) {
		var change Settings
		if !read(w, r, &change) {
			return
		}
		change.Faults = nil
		if err := change.validate(); err != nil {
			refuse(w, http.StatusBadRequest, "invalid", err.Error())
			return
		}
		s.finish(w, s.change(r.Context(), change))
	})
	mux.HandleFunc("PUT /faults", func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Faults []simulate.Fault `json:"faults"`
		}
		if !read(w, r, &body) {
			return
		}
		if err := simulate.ValidateFaults(body.Faults); err != nil {
			refuse(w, http.StatusBadRequest, "invalid", err.Error())
			return
		}
		s.finish(w, s.setFaults(r.Context(), body.Faults))
	})
	return guard(mux, token, port)
}

func (s *supervisor) finish(w http.ResponseWriter, err error) {
	if err != nil {
		refuse(w, http.StatusConflict, "not-applied", err.Error())
		return
	}
	status, _ := s.board.read()
	answer(w, http.StatusOK, status)
}

// guard lets in requests that name this very address (a page on a rebound DNS
// name does not) and carry the token.
func guard(next http.Handler, token string, port int) http.Handler {
	host := loopback(port)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1 {
			refuse(w, http.StatusUnauthorized, "unauthorized", "the token is missing or wrong")
			return
		}
		if r.Host != host || r.Header.Get("Origin") != "" {
			refuse(w, http.StatusForbidden, "forbidden", "this address is not for web pages")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// serveEvents writes the status now and after every change, one JSON object a
// line, until the supervisor ends or the caller hangs up.
func (s *supervisor) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	lines, flush := json.NewEncoder(w), http.NewResponseController(w)
	for {
		status, changed := s.board.read()
		if lines.Encode(status) != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		case <-s.stopped:
			return
		}
	}
}

func serveControl(listener net.Listener, handler http.Handler) *http.Server {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	return server
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, bodyLimit))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		refuse(w, http.StatusBadRequest, "invalid", "the body is not what is expected here: "+err.Error())
		return false
	}
	return true
}

func answer(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(value)
}

func refuse(w http.ResponseWriter, code int, reason, message string) {
	answer(w, code, map[string]Problem{"error": {Code: reason, Message: message}})
}
