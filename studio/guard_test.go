package studio

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Who may not ask is turned away, and told why; who may is let through.
func TestGuard(t *testing.T) {
	const host, token = "127.0.0.1:4711", "secret"
	reached := false
	g := &guard{token: token, hosts: []string{host, "localhost:4711"}, next: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true })}
	for _, x := range []struct {
		name, method, path, head string // head: Name: value, one a line
		code                     int
		says                     string
	}{
		{"no token", "GET", "/", "", 401, "open the address that casus printed"},
		{"a wrong token", "GET", "/", "Cookie: casus_4711=secre", 401, "who asks?"},
		{"the cookie of another port", "GET", "/", "Cookie: casus_80=secret", 401, "who asks?"},
		{"the cookie", "GET", "/why?on=UKR", "Cookie: casus_4711=secret", 200, ""},
		{"a bearer's token", "GET", "/api/why", "Authorization: Bearer secret", 200, ""},
		{"a basic token", "GET", "/api/why", "Authorization: Basic secret", 401, "who asks?"},
		{"another host", "GET", "/", "Host: evil.example:4711\nCookie: casus_4711=secret", 403, "no address of the page"},
		{"another port", "GET", "/", "Host: 127.0.0.1:80\nCookie: casus_4711=secret", 403, "no address of the page"},
		{"the other name of this machine", "GET", "/", "Host: localhost:4711\nCookie: casus_4711=secret", 200, ""},
		{"another origin", "POST", "/jobs/run", "Origin: http://evil.example\nX-Casus-Token: secret", 403, "another page may not ask"},
		{"an origin of nothing", "POST", "/jobs/run", "Origin: null\nX-Casus-Token: secret", 403, "another page may not ask"},
		{"an origin that is encrypted", "POST", "/jobs/run", "Origin: https://127.0.0.1:4711\nX-Casus-Token: secret", 403, "another page may not ask"},
		{"our origin", "POST", "/jobs/run", "Origin: http://127.0.0.1:4711\nX-Casus-Token: secret", 200, ""},
		{"sent from another site", "POST", "/jobs/run", "Sec-Fetch-Site: cross-site\nX-Casus-Token: secret", 403, "another page may not ask"},
		{"a change by cookie alone", "POST", "/jobs/run", "Cookie: casus_4711=secret", 401, "a change wants the token"},
		{"a stop by cookie alone", "DELETE", "/jobs/1", "Cookie: casus_4711=secret", 401, "a change wants the token"},
		{"a change with the token in the address", "POST", "/jobs/run?token=secret", "", 401, "a change wants the token"},
		{"a change by a bearer", "POST", "/jobs/run", "Authorization: Bearer secret", 200, ""},
		{"a made-up method", "BREW", "/", "Cookie: casus_4711=secret", 401, "a change wants the token"},
		{"the first address", "GET", "/why?on=UKR&token=secret", "", 303, ""},
		{"the first address with a wrong token", "GET", "/?token=secre", "", 401, "who asks?"},
	} {
		reached = false
		r := httptest.NewRequest(x.method, "http://"+host+x.path, nil)
		r.Host = host
		for _, line := range strings.Split(x.head, "\n") {
			name, value, _ := strings.Cut(line, ": ")
			switch name {
			case "":
			case "Host":
				r.Host = value
			default:
				r.Header.Set(name, value)
			}
		}
		w := httptest.NewRecorder()
		g.ServeHTTP(w, r)
		if w.Code != x.code || !strings.Contains(w.Body.String(), x.says) || reached != (x.code == 200) {
			t.Errorf("%s: %d %q, let through: %v", x.name, w.Code, w.Body.String(), reached)
		}
		if w.Header().Get("Content-Security-Policy") != policy || w.Header().Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: an answer without a policy", x.name)
		}
	}
}

// The first address puts the token into a cookie that scripts cannot read, and
// leads where it says without it; never off the page.
func TestFirstAddress(t *testing.T) {
	g := &guard{token: "secret", hosts: []string{"127.0.0.1:4711"}}
	for path, to := range map[string]string{"/?token=secret": "/", "/why?on=UKR&token=secret": "/why?on=UKR", "//evil.example/?token=secret": "/evil.example/"} {
		r := httptest.NewRequest("GET", "http://127.0.0.1:4711/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
		r.Host = "127.0.0.1:4711"
		w := httptest.NewRecorder()
		g.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); got != to {
			t.Errorf("%s leads to %s, not %s", path, got, to)
		}
		if c := w.Header().Get("Set-Cookie"); c != "casus_4711=secret; Path=/; HttpOnly; SameSite=Strict" {
			t.Errorf("%s sets %s", path, c)
		}
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{"127.0.0.1:0": true, "[::1]:80": true, "localhost:80": true, "127.9.9.9:1": true, "0.0.0.0:0": false, ":80": false, "192.168.0.1:80": false, "localhost.evil.example:80": false, "127.0.0.1": false} {
		if Loopback(addr) != want {
			t.Errorf("%s: %v", addr, !want)
		}
	}
}
