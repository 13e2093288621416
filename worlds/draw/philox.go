package draw

import "math/bits"

// philox is the generator Philox 4x64-10 of Salmon, Moraes, Dror and Shaw
// ("Parallel random numbers: as easy as 1, 2, 3", SC 2011): ten rounds of a
// keyed bijection on four 64-bit words. Counter c and key k in, random block out;
// there is no state. (Words, not arrays: those the compiler keeps in memory.)
func philox(c0, c1, c2, c3, k0, k1 uint64) (_, _, _, _ uint64) {
	const (
		multiplier0, multiplier1 = 0xD2E7470EE14C6C93, 0xCA5A826395121157
		weyl0, weyl1             = 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B
	)
	for range 10 {
		hi0, lo0 := bits.Mul64(multiplier0, c0)
		hi1, lo1 := bits.Mul64(multiplier1, c2)
		c0, c1, c2, c3 = hi1^c1^k0, lo1, hi0^c3^k1, lo0
		k0, k1 = k0+weyl0, k1+weyl1
	}
	return c0, c1, c2, c3
}
