package decision

import "math"

// root finds where f changes sign between a and b, f(a) and f(b) being of
// opposite signs or one of them zero: Brent's method (1973, chapter 4). At a
// jump it closes in on the jump. It stops when the bracket is within tolerance,
// or at once at an exact zero or a point where f is NaN, and gives the end of
// the last bracket at which |f| is smaller, with f there.
func root(f func(float64) float64, a, b, fa, fb, tolerance float64) (x, fx float64) {
	c, fc := a, fa
	d := b - a
	e := d
	for {
		if math.Abs(fc) < math.Abs(fb) {
			a, b, c = b, c, b
			fa, fb, fc = fb, fc, fb
		}
		tol := float64(2*0x1p-52*math.Abs(b)) + float64(tolerance/2)
		m := float64((c - b) / 2)
		if math.Abs(m) <= tol || fb == 0 || math.IsNaN(fb) {
			return b, fb
		}
		if math.Abs(e) < tol || math.Abs(fa) <= math.Abs(fb) {
			d, e = m, m
		} else {
			p, q := interpolate(a, b, c, fa, fb, fc)
			if 2*p < min(float64(3*m*q)-math.Abs(tol*q), math.Abs(e*q)) {
				e, d = d, p/q
			} else {
				d, e = m, m
			}
		}
		a, fa = b, fb
		if math.Abs(d) > tol {
			b += d
		} else {
			b += math.Copysign(tol, m)
		}
		fb = f(b)
		if (fb > 0) == (fc > 0) {
			c, fc = a, fa
			d = b - a
			e = d
		}
	}
}

// interpolate proposes the step p/q, p not negative: by the secant, or by inverse
// quadratic interpolation through three points.
func interpolate(a, b, c, fa, fb, fc float64) (p, q float64) {
	s := fb / fa
	m := float64((c - b) / 2)
	if a == c {
		p, q = 2*m*s, 1-float64(s)
	} else {
		r := fb / fc
		q = fa / fc
		p = float64(s * (float64(2*m*q*(q-r)) - float64((b-a)*(r-1))))
		q = (q - 1) * (r - 1) * (s - 1)
	}
	if p > 0 {
		return p, -q
	}
	return -p, q
}
