package studio

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// maxBody bounds what is sent to the server, in bytes.
const maxBody = 1 << 20

// newToken is a random secret of 128 bits.
func newToken() string {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err) // crypto/rand does not fail
	}
	return hex.EncodeToString(b[:])
}

// guard lets through who may ask, and nobody else:
//
//  1. The Host is one of ours, so that no name of somebody else's leads here.
//  2. The Origin, where a browser says it, is ours too: no other page asks.
//  3. The token is in the cookie that the first address sets, or is sent as a
//     bearer's.
//  4. What changes anything carries the token in a header, which no other page can
//     set; a cookie alone is not enough.
type guard struct {
	token string
	hosts []string // as in 127.0.0.1:4711
	next  http.Handler
}

// policy keeps the page to itself: scripts, styles and pictures of its own, no
// frame about it, no address outside.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if why, code := g.refuses(r); why != "" {
		if code == http.StatusUnauthorized {
			h.Set("WWW-Authenticate", `Bearer realm="casus"`)
		}
		http.Error(w, "casus: "+why, code)
		return
	}
	if r.URL.Query().Has("token") {
		g.admit(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	g.next.ServeHTTP(w, r)
}

// refuses says why a request is turned away; nothing where it is not.
func (g *guard) refuses(r *http.Request) (why string, code int) {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case !slices.Contains(g.hosts, strings.ToLower(r.Host)):
		return "this is no address of the page (open the one that casus printed)", http.StatusForbidden
	case r.Header.Get("Origin") != "" && !slices.Contains(g.hosts, strings.TrimPrefix(r.Header.Get("Origin"), "http://")):
		return "another page may not ask here", http.StatusForbidden
	case r.Header.Get("Sec-Fetch-Site") == "cross-site" && !reads:
		return "another page may not ask here", http.StatusForbidden
	case reads && r.URL.Query().Has("token") && g.is(r.URL.Query().Get("token")):
		return "", 0
	case reads && (g.is(bearer(r)) || g.is(g.cookie(r))):
		return "", 0
	case !reads && (g.is(bearer(r)) || g.is(r.Header.Get("X-Casus-Token"))):
		return "", 0
	case !reads:
		return "a change wants the token (header X-Casus-Token, or Authorization: Bearer)", http.StatusUnauthorized
	}
	return "who asks? open the address that casus printed, with its token", http.StatusUnauthorized
}

// is compares in a time that tells nothing.
func (g *guard) is(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(g.token)) == 1
}

func bearer(r *http.Request) string {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return ""
	}
	return token
}

// cookieName has the port in it, for the browser gives cookies to every port of a
// host.
func cookieName(r *http.Request) string {
	_, port, _ := net.SplitHostPort(r.Host)
	return "casus_" + port
}

func (g *guard) cookie(r *http.Request) string {
	c, err := r.Cookie(cookieName(r))
	if err != nil {
		return ""
	}
	return c.Value
}

// admit takes the token out of the address and into a cookie.
func (g *guard) admit(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: cookieName(r), Value: g.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	q := r.URL.Query()
	q.Del("token")
	to := "/" + strings.TrimLeft(r.URL.EscapedPath(), "/\\")
	if len(q) > 0 {
		to += "?" + q.Encode()
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// hostsOf are the names by which an address may be asked for: its own, and on the
// loopback its other ones.
func hostsOf(addr net.Addr) []string {
	out := []string{addr.String()}
	at, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return out
	}
	_, port, _ := net.SplitHostPort(addr.String())
	if at.Addr().IsLoopback() || at.Addr().IsUnspecified() {
		out = append(out, "localhost:"+port, "127.0.0.1:"+port, "[::1]:"+port)
	}
	return out
}

// Loopback reports whether an address to listen at is on this machine alone. A
// name that is none but localhost does not count.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
