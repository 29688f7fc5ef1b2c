package images

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	firstWait = time.Second
	lastWait  = time.Minute
)

// waiting says that a registry answers no more before `until`.
type waiting struct {
	Event string    `json:"event"`
	Host  string    `json:"host"`
	Until time.Time `json:"until"`
}

// limitSeen is what a registry says about its limit (Docker Hub's headers).
type limitSeen struct {
	Event     string `json:"event"`
	Host      string `json:"host"`
	Limit     int    `json:"limit"`
	Remaining int    `json:"remaining"`
	// Seconds in which that many are allowed.
	Window int `json:"window,omitempty"`
}

// throttle holds all requests to a host back for as long as it asks (429, or
// 503 with Retry-After), says so, and repeats them. Where that would be longer
// than `patience`, the answer is passed on.
type throttle struct {
	inner    http.RoundTripper
	out      *events
	patience time.Duration

	mutex sync.Mutex
	hosts map[string]*hostState
}

type hostState struct {
	until     time.Time
	wait      time.Duration
	remaining int
}

func newThrottle(inner http.RoundTripper, out *events, patience time.Duration) *throttle {
	return &throttle{inner: inner, out: out, patience: patience, hosts: map[string]*hostState{}}
}

func (t *throttle) RoundTrip(request *http.Request) (*http.Response, error) {
	host := request.URL.Host
	for {
		if err := t.pause(request, host); err != nil {
			return nil, err
		}
		response, err := t.inner.RoundTrip(request)
		if err != nil {
			return nil, err
		}
		t.notice(host, response)
		if !isLimit(response) {
			return response, nil
		}
		until := t.hold(host, response)
		canRepeat := request.Body == nil || request.Body == http.NoBody || request.GetBody != nil
		if time.Until(until) > t.patience {
			return response, nil
		}
		if !canRepeat {
			// The one who sends it begins again; by then the time is over.
			if err := t.pause(request, host); err != nil {
				_ = response.Body.Close()
				return nil, err
			}
			return response, nil
		}
		_ = response.Body.Close()
		if request.GetBody != nil {
			body, err := request.GetBody()
			if err != nil {
				return nil, err
			}
			request = request.Clone(request.Context())
			request.Body = body
		}
	}
}

func isLimit(response *http.Response) bool {
	return response.StatusCode == http.StatusTooManyRequests ||
		response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") != ""
}

// pause waits until the host may be asked again.
func (t *throttle) pause(request *http.Request, host string) error {
	t.mutex.Lock()
	state := t.hosts[host]
	var rest time.Duration
	if state != nil {
		rest = time.Until(state.until)
	}
	t.mutex.Unlock()
	if rest <= 0 || rest > t.patience {
		return nil
	}
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-request.Context().Done():
		return request.Context().Err()
	}
}

func (t *throttle) hold(host string, response *http.Response) time.Time {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	state := t.state(host)
	now := time.Now()
	if state.until.After(now) {
		return state.until // one of many that were under way
	}
	until, said := retryAt(response, now)
	if !said {
		state.wait = min(lastWait, max(firstWait, state.wait*2))
		until = now.Add(state.wait)
	}
	state.until = until
	t.out.write(waiting{"waiting", host, until.UTC().Truncate(time.Millisecond)})
	return until
}

func (t *throttle) state(host string) *hostState {
	if t.hosts[host] == nil {
		t.hosts[host] = &hostState{remaining: -1}
	}
	return t.hosts[host]
}

// notice reports a limit each time less of it is left.
func (t *throttle) notice(host string, response *http.Response) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if !isLimit(response) {
		if state := t.hosts[host]; state != nil {
			state.wait = 0
		}
	}
	limit, window := windowed(response.Header.Get("RateLimit-Limit"))
	remaining, _ := windowed(response.Header.Get("RateLimit-Remaining"))
	if limit < 0 || remaining < 0 {
		return
	}
	if state := t.state(host); state.remaining < 0 || remaining < state.remaining {
		state.remaining = remaining
		t.out.write(limitSeen{"limit", host, limit, remaining, window})
	}
}

// windowed reads `100;w=21600`: how many, in how many seconds. -1: not said.
func windowed(header string) (count, window int) {
	number, rest, _ := strings.Cut(header, ";")
	count, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil {
		return -1, 0
	}
	if seconds, found := strings.CutPrefix(strings.TrimSpace(rest), "w="); found {
		window, _ = strconv.Atoi(seconds)
	}
	return count, window
}

// retryAt reads Retry-After in both of its forms, and the reset time of GitHub and Quay.
func retryAt(response *http.Response, now time.Time) (time.Time, bool) {
	header := response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(header); err == nil && seconds >= 0 {
		return now.Add(time.Duration(seconds) * time.Second), true
	}
	if at, err := http.ParseTime(header); err == nil {
		return at, true
	}
	if seconds, err := strconv.ParseInt(response.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		if at := time.Unix(seconds, 0); at.After(now) {
			return at, true
		}
	}
	return time.Time{}, false
}
