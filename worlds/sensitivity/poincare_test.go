package sensitivity

import "math"

// PoincareUniform is the Poincaré constant of a uniform distribution of this
// width: width²/π².
func PoincareUniform(width float64) float64 { return width * width / (math.Pi * math.Pi) }

// PoincareNormal is the Poincaré constant of a normal distribution: its variance
// (Chernoff 1981).
func PoincareNormal(sd float64) float64 { return sd * sd }
