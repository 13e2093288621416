// Package special has the functions that results rest on and that the machine
// does not define: exponential, logarithm, powers, sine, and the distributions
// made of them (normal, beta, Student, binomial).
//
// They are here, and not taken from package math or a library, because a result
// must have the same bytes on every machine. Package math has other code for
// other processors, and a compiler may turn x·y+z into one fused operation with
// one rounding where the processor has it. Here every product that is added to
// something stands in float64(…), which forbids that, or in math.FMA, which asks
// for it and is exact everywhere. Square roots, comparisons and rounding to
// integers are exact by definition and come from package math.
//
// Exp, Log and Pow are within 0.52 units in the last place; the others say what
// they hold.
package special
