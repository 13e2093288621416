package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"casus/ask"
)

// size is the flag --memory: a number of bytes, as in 2GiB or 500MB, or in digits alone.
type size int64

func (s *size) String() string {
	if *s == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*s), 10)
}

// sizeType stands for the value of the flag in its help.
const sizeType = "SIZE"

func (s *size) Type() string { return sizeType }

func (s *size) Set(text string) error {
	units := []struct {
		name string
		of   float64
	}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TiB", 1 << 40}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= ask.LeastLimit {
		*s = size(n)
		return nil
	}
	for _, u := range units {
		if digits, ok := strings.CutSuffix(text, u.name); ok {
			x, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
			switch bytes := x * u.of; {
			case err == nil && bytes >= math.MaxInt64 && !math.IsInf(bytes, 0):
				return fmt.Errorf("a size of at most 8,388,607TiB")
			case err == nil && bytes >= ask.LeastLimit && bytes < math.MaxInt64:
				*s = size(bytes)
				return nil
			}
		}
	}
	return fmt.Errorf("a size from 256MiB on, such as 2GiB or 500MB")
}
