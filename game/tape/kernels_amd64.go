package tape

import "golang.org/x/sys/cpu"

// haveKernels says whether this machine, and its operating system, can run the
// AVX-512 kernels.
var haveKernels = cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ

// interpretKernels is interpretGo in assembly: width is a multiple of 8, slots
// the start of the scratch memory, code ends in opStop.
//
//go:noescape
func interpretKernels(code *int32, slots *float64, width int)
