package finding

import (
	"encoding/json"
	"math"
)

// Number is a float64 whose JSON form is null where it is not finite: no value
// is defined, or it is beyond all bounds.
type Number float64

// MarshalJSON writes the number, or null.
func (x Number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(x))
}

// UnmarshalJSON reads a number; null is NaN.
func (x *Number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*x = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(x))
}

// Interval lies about a number. Lo and Hi are null where there is none.
type Interval struct {
	Lo         Number  `json:"lo"`
	Hi         Number  `json:"hi"`
	Confidence float64 `json:"confidence"`
	Method     string  `json:"method"`
}

// Year is a calendar year; 0 is none, or one that is not known, and null in JSON.
type Year int

// MarshalJSON writes the year, or null.
func (y Year) MarshalJSON() ([]byte, error) {
	if y == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(int(y))
}

// UnmarshalJSON reads a year; null is 0.
func (y *Year) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*y = 0
		return nil
	}
	return json.Unmarshal(text, (*int)(y))
}
