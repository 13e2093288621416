//go:build !amd64

package tape

// haveKernels says whether this machine has kernels of its own.
const haveKernels = false

func interpretKernels(code *int32, slots *float64, width int) {
	panic("tape: no kernels on this machine")
}
