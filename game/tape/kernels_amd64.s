#include "textflag.h"

// The AVX-512 twin of kernels.go. interpretKernels jumps from one kernel to
// the next through a table; no kernel has a frame, and opStop returns to Go
// with VZEROUPPER.
//
//	SI   the current instruction
//	BX   slots; an operand is a byte offset from here
//	CX   bytes of a block to work on, a multiple of 64
//	DX   offset in the block of the eight worlds at hand
//	R9   ·constants
//	R13  the table of kernels
//
// Z18 to Z31 keep the constants of exp; Z0 to Z17 are free.

#define LOG2E  0(R9)
#define ROUND  8(R9)
#define LN2HI  16(R9)
#define LN2LO  24(R9)
#define C6     32(R9)
#define C5     40(R9)
#define C4     48(R9)
#define C3     56(R9)
#define C2     64(R9)
#define ONE    72(R9)
#define LOWEST 80(R9)
#define EXPTOP 88(R9)
#define EXPLOW 96(R9)
#define L1     104(R9)
#define L2     112(R9)
#define L3     120(R9)
#define L4     128(R9)
#define L5     136(R9)
#define L6     144(R9)
#define L7     152(R9)
#define SQRT2  160(R9)
#define TWO    168(R9)
#define HALF   176(R9)
#define NAN    184(R9)

#define zLOG2E  Z31
#define zROUND  Z30
#define zLN2HI  Z29
#define zLN2LO  Z28
#define zC6     Z27
#define zC5     Z26
#define zC4     Z25
#define zC3     Z24
#define zC2     Z23
#define zONE    Z22
#define zPOWER0 Z21
#define zPOWER1 Z20
#define zLOWEST Z19
#define zZERO   Z18

// Predicates of VCMPPD: quiet, false or true for NaN as the name says.
#define LT  $0x11
#define NLT $0x15
#define GE  $0x1d
#define UNO $0x03
#define NEQ $0x04
#define EQ  $0x00

#define NEXT \
	MOVLQSX (SI), AX;     \
	MOVQ    (R13)(AX*8), AX; \
	JMP     AX

DATA kernels<>+0(SB)/8, $stop<>(SB)
DATA kernels<>+8(SB)/8, $neg<>(SB)
DATA kernels<>+16(SB)/8, $exp<>(SB)
DATA kernels<>+24(SB)/8, $log<>(SB)
DATA kernels<>+32(SB)/8, $sqrt<>(SB)
DATA kernels<>+40(SB)/8, $add<>(SB)
DATA kernels<>+48(SB)/8, $sub<>(SB)
DATA kernels<>+56(SB)/8, $mul<>(SB)
DATA kernels<>+64(SB)/8, $div<>(SB)
DATA kernels<>+72(SB)/8, $pow<>(SB)
DATA kernels<>+80(SB)/8, $min<>(SB)
DATA kernels<>+88(SB)/8, $max<>(SB)
DATA kernels<>+96(SB)/8, $less<>(SB)
DATA kernels<>+104(SB)/8, $select<>(SB)
DATA kernels<>+112(SB)/8, $sum<>(SB)
DATA kernels<>+120(SB)/8, $dot<>(SB)
DATA kernels<>+128(SB)/8, $softmax<>(SB)
DATA kernels<>+136(SB)/8, $decide2<>(SB)
DATA kernels<>+144(SB)/8, $decide3<>(SB)
DATA kernels<>+152(SB)/8, $decide4<>(SB)
GLOBL kernels<>(SB), RODATA|NOPTR, $160

// func interpretKernels(code *int32, slots *float64, width int)
TEXT ·interpretKernels(SB), NOSPLIT, $0-24
	MOVQ code+0(FP), SI
	MOVQ slots+8(FP), BX
	MOVQ width+16(FP), CX
	SHLQ $3, CX
	LEAQ ·constants(SB), R9
	LEAQ kernels<>(SB), R13
	VBROADCASTSD LOG2E, zLOG2E
	VBROADCASTSD ROUND, zROUND
	VBROADCASTSD LN2HI, zLN2HI
	VBROADCASTSD LN2LO, zLN2LO
	VBROADCASTSD C6, zC6
	VBROADCASTSD C5, zC5
	VBROADCASTSD C4, zC4
	VBROADCASTSD C3, zC3
	VBROADCASTSD C2, zC2
	VBROADCASTSD ONE, zONE
	VBROADCASTSD LOWEST, zLOWEST
	VMOVUPD 256(R9), zPOWER0
	VMOVUPD 320(R9), zPOWER1
	VPXORQ zZERO, zZERO, zZERO
	NEXT

TEXT stop<>(SB), NOSPLIT, $0
	VZEROUPPER
	RET

// The exponential, math.go's reduceExp. x becomes r, s the shifted x and then
// 2^(j/16), n the sixteenths (VSCALEFPD takes their floor), t the series e^r − 1;
// u and v are spare. The steps come apart so that two exponentials can run
// abreast.
#define REDUCE1(x, s, n) \
	VMOVAPD      zROUND, s;     \
	VFMADD231PD  zLOG2E, x, s;  \
	VSUBPD       zROUND, s, n
#define REDUCE2(x, s, n) \
	VFNMADD231PD zLN2HI, n, x;  \
	VPERMI2PD    zPOWER1, zPOWER0, s
#define REDUCE3(x, n) VFNMADD231PD zLN2LO, n, x
#define SERIES1(x, t, u, v) \
	VMOVAPD      zC2, t;        \
	VMOVAPD      zC4, v;        \
	VMULPD       x, x, u;       \
	VFMADD231PD  zC3, x, t;     \
	VFMADD231PD  zC5, x, v
#define SERIES2(u, v) VFMADD231PD zC6, u, v
#define SERIES3(t, u, v) VFMADD231PD v, u, t
#define SERIES4(x, t, u) VFMADD213PD x, u, t

// EXP leaves e^x in t.
#define EXP(x, s, n, t, u, v) \
	REDUCE1(x, s, n);    \
	REDUCE2(x, s, n);    \
	REDUCE3(x, n);       \
	SERIES1(x, t, u, v); \
	SERIES2(u, v);       \
	SERIES3(t, u, v);    \
	SERIES4(x, t, u);    \
	VFMADD213PD s, s, t; \
	VSCALEFPD   n, t, t

// WEIGHT leaves e^x, or 0 below probLow, in t; k is a spare mask. Without
// subnormals 2^n may come before the last step, off the critical path.
#define WEIGHT(x, s, n, t, u, k) \
	VCMPPD    NLT, zLOWEST, x, k; \
	REDUCE1(x, s, n);    \
	REDUCE2(x, s, n);    \
	REDUCE3(x, n);       \
	VSCALEFPD n, s, s;   \
	SERIES1(x, t, u, n); \
	SERIES2(u, n);       \
	SERIES3(t, u, n);    \
	SERIES4(x, t, u);    \
	VFMADD213PD.Z s, s, k, t

#define WEIGHT2(x0, x1, s0, s1, n0, n1, t0, t1, u0, u1) \
	VCMPPD    NLT, zLOWEST, x0, K4; \
	VCMPPD    NLT, zLOWEST, x1, K5; \
	REDUCE1(x0, s0, n0);     REDUCE1(x1, s1, n1);     \
	REDUCE2(x0, s0, n0);     REDUCE2(x1, s1, n1);     \
	REDUCE3(x0, n0);         REDUCE3(x1, n1);         \
	VSCALEFPD n0, s0, s0;    VSCALEFPD n1, s1, s1;    \
	SERIES1(x0, t0, u0, n0); SERIES1(x1, t1, u1, n1); \
	SERIES2(u0, n0);         SERIES2(u1, n1);         \
	SERIES3(t0, u0, n0);     SERIES3(t1, u1, n1);     \
	SERIES4(x0, t0, u0);     SERIES4(x1, t1, u1);     \
	VFMADD213PD.Z s0, s0, K4, t0; \
	VFMADD213PD.Z s1, s1, K5, t1

// A softmax is played as a tournament: the best choice has weight 1, so that
// only the losers need an exponential. SIGNED leaves |λ| and the sign to give
// every q, by VPXORQ, for the largest to be the best. It spoils Z17.
#define SIGNED(lambda, sign) \
	MOVQ         $(1<<63), AX;         \
	VPBROADCASTQ AX, sign;             \
	VPANDNQ      lambda, sign, Z17;    \
	VPANDQ       lambda, sign, sign;   \
	VMOVAPD      Z17, lambda

// MATCH lets y beat x where x < y, and says where in k. For a tie or a NaN the
// machine's maximum and minimum give their last operands, so none is lost.
#define MATCH(x, y, k, winner, loser) \
	VCMPPD LT, y, x, k;    \
	VMAXPD x, y, winner;   \
	VMINPD y, x, loser

// AWARD is MATCH backwards, with the weights.
#define AWARD(k, winner, loser, x, y) \
	VBLENDMPD loser, winner, k, x; \
	VBLENDMPD winner, loser, k, y

// BEHIND is |λ|(q − m), and 0 where q is m, whatever the two are.
#define BEHIND(lambda, m, q, k, x) \
	VCMPPD   NEQ, m, q, k;     \
	VSUBPD   m, q, x;          \
	VMULPD.Z lambda, x, k, x

// Operands: R10 is BX + DX.
#define LOAD(word, z) \
	MOVL    word, AX; \
	VMOVUPD (R10)(AX*1), z
#define STORE(z, word) \
	MOVL    word, AX; \
	VMOVUPD z, (R10)(AX*1)
#define LOADPAIR(word1, word2, z) \
	MOVL    word1, AX;           \
	VMOVUPD (R10)(AX*1), z;      \
	MOVL    word2, AX;           \
	VADDPD  (R10)(AX*1), z, z
#define MULBY(word, p, z) \
	MOVL    word, AX; \
	VMULPD  (R10)(AX*1), p, z
#define FMABY(word, p, z) \
	MOVL    word, AX; \
	VFMADD231PD (R10)(AX*1), p, z

// DECIDE(k) begins a decision of k choices, 4k bytes of words: R12 becomes its
// reads, R14 the end of the plain writes, R11 its flags. In the loop R8 and DI
// walk along reads and writes; the summed writes end where the reads begin.
#define DECIDE(bytes) \
	MOVL 4(SI), AX;              \
	MOVL 8(SI), R11;             \
	ADDQ AX, R11;                \
	LEAQ (20+bytes)(SI)(AX*4), R14;  \
	LEAQ (20+bytes)(SI)(R11*4), R12; \
	MOVL 12(SI), R11;            \
	XORL DX, DX

// decide: plain, summed, flags, p0, p1, own, writes…; λ, q pairs, v…, v pairs.
TEXT decide2<>(SB), NOSPLIT, $0
	DECIDE(8)
worlds:
	LEAQ (BX)(DX*1), R10
	LOAD(0(R12), Z15)
	LOADPAIR(4(R12), 8(R12), Z0)
	LOADPAIR(12(R12), 16(R12), Z1)
	SIGNED(Z15, Z16)
	VPXORQ Z16, Z0, Z3
	VPXORQ Z16, Z1, Z4
	MATCH(Z3, Z4, K1, Z5, Z6)
	BEHIND(Z15, Z5, Z6, K4, Z7)
	WEIGHT(Z7, Z8, Z9, Z10, Z11, K4)
	AWARD(K1, zONE, Z10, Z12, Z13)
	VADDPD Z13, Z12, Z3
	VDIVPD Z3, zONE, Z3
	VMULPD Z3, Z12, Z12
	VMULPD Z3, Z13, Z13
	TESTL  $1, R11
	JZ     own
	STORE(Z12, 16(SI))
	STORE(Z13, 20(SI))
own:
	TESTL  $2, R11
	JZ     expect
	VMULPD Z0, Z12, Z0
	VFMADD231PD Z1, Z13, Z0
	STORE(Z0, 24(SI))
expect:
	LEAQ 28(SI), DI
	LEAQ 20(R12), R8
	CMPQ DI, R14
	JEQ  sums
plain:
	MULBY(0(R8), Z12, Z0)
	FMABY(4(R8), Z13, Z0)
	STORE(Z0, 0(DI))
	ADDQ $8, R8
	ADDQ $4, DI
	CMPQ DI, R14
	JNE  plain
sums:
	CMPQ DI, R12
	JEQ  done
summed:
	LOADPAIR(0(R8), 4(R8), Z0)
	LOADPAIR(8(R8), 12(R8), Z1)
	VMULPD Z0, Z12, Z0
	VFMADD231PD Z1, Z13, Z0
	STORE(Z0, 0(DI))
	ADDQ $16, R8
	ADDQ $4, DI
	CMPQ DI, R12
	JNE  summed
done:
	ADDQ $64, DX
	CMPQ DX, CX
	JB   worlds
	MOVQ R8, SI
	NEXT

TEXT decide3<>(SB), NOSPLIT, $0
	DECIDE(12)
worlds:
	LEAQ (BX)(DX*1), R10
	LOAD(0(R12), Z15)
	LOADPAIR(4(R12), 8(R12), Z0)
	LOADPAIR(12(R12), 16(R12), Z1)
	LOADPAIR(20(R12), 24(R12), Z2)
	SIGNED(Z15, Z16)
	VPXORQ Z16, Z0, Z3
	VPXORQ Z16, Z1, Z4
	VPXORQ Z16, Z2, Z5
	MATCH(Z3, Z4, K1, Z6, Z7)
	MATCH(Z6, Z5, K2, Z8, Z9)
	BEHIND(Z15, Z8, Z7, K4, Z7)
	BEHIND(Z15, Z8, Z9, K5, Z9)
	WEIGHT2(Z7, Z9, Z3, Z4, Z5, Z6, Z10, Z11, Z16, Z17)
	AWARD(K2, zONE, Z11, Z3, Z14)
	AWARD(K1, Z3, Z10, Z12, Z13)
	VADDPD Z13, Z12, Z3
	VADDPD Z14, Z3, Z3
	VDIVPD Z3, zONE, Z3
	VMULPD Z3, Z12, Z12
	VMULPD Z3, Z13, Z13
	VMULPD Z3, Z14, Z14
	TESTL  $1, R11
	JZ     own
	STORE(Z12, 16(SI))
	STORE(Z13, 20(SI))
	STORE(Z14, 24(SI))
own:
	TESTL  $2, R11
	JZ     expect
	VMULPD Z0, Z12, Z0
	VFMADD231PD Z1, Z13, Z0
	VFMADD231PD Z2, Z14, Z0
	STORE(Z0, 28(SI))
expect:
	LEAQ 32(SI), DI
	LEAQ 28(R12), R8
	CMPQ DI, R14
	JEQ  sums
plain:
	MULBY(0(R8), Z12, Z0)
	FMABY(4(R8), Z13, Z0)
	FMABY(8(R8), Z14, Z0)
	STORE(Z0, 0(DI))
	ADDQ $12, R8
	ADDQ $4, DI
	CMPQ DI, R14
	JNE  plain
sums:
	CMPQ DI, R12
	JEQ  done
summed:
	LOADPAIR(0(R8), 4(R8), Z0)
	LOADPAIR(8(R8), 12(R8), Z1)
	LOADPAIR(16(R8), 20(R8), Z2)
	VMULPD Z0, Z12, Z0
	VFMADD231PD Z1, Z13, Z0
	VFMADD231PD Z2, Z14, Z0
	STORE(Z0, 0(DI))
	ADDQ $24, R8
	ADDQ $4, DI
	CMPQ DI, R12
	JNE  summed
done:
	ADDQ $64, DX
	CMPQ DX, CX
	JB   worlds
	MOVQ R8, SI
	NEXT

TEXT decide4<>(SB), NOSPLIT, $0
	DECIDE(16)
worlds:
	LEAQ (BX)(DX*1), R10
	LOAD(0(R12), Z15)
	LOADPAIR(4(R12), 8(R12), Z0)
	LOADPAIR(12(R12), 16(R12), Z1)
	LOADPAIR(20(R12), 24(R12), Z2)
	LOADPAIR(28(R12), 32(R12), Z3)
	SIGNED(Z15, Z16)
	VPXORQ Z16, Z0, Z4
	VPXORQ Z16, Z1, Z5
	VPXORQ Z16, Z2, Z6
	VPXORQ Z16, Z3, Z7
	MATCH(Z4, Z5, K1, Z8, Z9)
	MATCH(Z8, Z6, K2, Z10, Z11)
	MATCH(Z10, Z7, K3, Z12, Z13)
	BEHIND(Z15, Z12, Z9, K4, Z9)
	BEHIND(Z15, Z12, Z11, K5, Z11)
	BEHIND(Z15, Z12, Z13, K6, Z13)
	WEIGHT2(Z9, Z11, Z4, Z5, Z7, Z8, Z10, Z14, Z16, Z17)
	WEIGHT(Z13, Z6, Z9, Z15, Z16, K6)
	AWARD(K3, zONE, Z15, Z4, Z15)
	AWARD(K2, Z4, Z14, Z5, Z14)
	AWARD(K1, Z5, Z10, Z12, Z13)
	VADDPD Z13, Z12, Z4
	VADDPD Z14, Z4, Z4
	VADDPD Z15, Z4, Z4
	VDIVPD Z4, zONE, Z4
	VMULPD Z4, Z12, Z12
	VMULPD Z4, Z13, Z13
	VMULPD Z4, Z14, Z14
	VMULPD Z4, Z15, Z15
	TESTL  $1, R11
	JZ     own
	STORE(Z12, 16(SI))
	STORE(Z13, 20(SI))
	STORE(Z14, 24(SI))
	STORE(Z15, 28(SI))
own:
	TESTL  $2, R11
	JZ     expect
	VMULPD Z0, Z12, Z0
	VFMADD231PD Z1, Z13, Z0
	VFMADD231PD Z2, Z14, Z0
	VFMADD231PD Z3, Z15, Z0
	STORE(Z0, 32(SI))
expect:
	LEAQ 36(SI), DI
	LEAQ 36(R12), R8
	CMPQ DI, R14
	JEQ  sums
plain:
	MULBY(0(R8), Z12, Z0)
	FMABY(4(R8), Z13, Z0)
	FMABY(8(R8), Z14, Z0)
	FMABY(12(R8), Z15, Z0)
	STORE(Z0, 0(DI))
	ADDQ $16, R8
	ADDQ $4, DI
	CMPQ DI, R14
	JNE  plain
sums:
	CMPQ DI, R12
	JEQ  done
summed:
	LOADPAIR(0(R8), 4(R8), Z0)
	LOADPAIR(8(R8), 12(R8), Z1)
	LOADPAIR(16(R8), 20(R8), Z2)
	LOADPAIR(24(R8), 28(R8), Z3)
	VMULPD Z0, Z12, Z0
	VFMADD231PD Z1, Z13, Z0
	VFMADD231PD Z2, Z14, Z0
	VFMADD231PD Z3, Z15, Z0
	STORE(Z0, 0(DI))
	ADDQ $32, R8
	ADDQ $4, DI
	CMPQ DI, R12
	JNE  summed
done:
	ADDQ $64, DX
	CMPQ DX, CX
	JB   worlds
	MOVQ R8, SI
	NEXT

// softmax: k, p0 …, λ, q0 …. R11 is the reads, R12 their end, R8 walks.
TEXT softmax<>(SB), NOSPLIT, $0
	MOVL 4(SI), AX
	LEAQ 8(SI)(AX*4), R11
	LEAQ 4(R11)(AX*4), R12
	XORL DX, DX
worlds:
	LEAQ (BX)(DX*1), R10
	LOAD(0(R11), Z15)
	SIGNED(Z15, Z13)
	LOAD(4(R11), Z16)
	VPXORQ Z13, Z16, Z16
	LEAQ 8(R11), R8
best:
	LOAD(0(R8), Z0)
	VPXORQ Z13, Z0, Z0
	VMAXPD Z16, Z0, Z16
	ADDQ $4, R8
	CMPQ R8, R12
	JB   best
	VPXORQ Z14, Z14, Z14
	LEAQ 4(R11), R8
	LEAQ 8(SI), DI
weigh:
	LOAD(0(R8), Z0)
	VPXORQ Z13, Z0, Z0
	BEHIND(Z15, Z16, Z0, K4, Z3)
	WEIGHT(Z3, Z6, Z9, Z12, Z0, K4)
	VADDPD Z12, Z14, Z14
	STORE(Z12, 0(DI))
	ADDQ $4, R8
	ADDQ $4, DI
	CMPQ R8, R12
	JB   weigh
	VDIVPD Z14, zONE, Z14
	LEAQ 8(SI), DI
scale:
	MOVL 0(DI), AX
	VMULPD (R10)(AX*1), Z14, Z0
	VMOVUPD Z0, (R10)(AX*1)
	ADDQ $4, DI
	CMPQ DI, R11
	JB   scale
	ADDQ $64, DX
	CMPQ DX, CX
	JB   worlds
	MOVQ R12, SI
	NEXT

// dot: n, out, start, p0, v0, …. R12 is the end, R8 walks.
TEXT dot<>(SB), NOSPLIT, $0
	MOVL 4(SI), AX
	LEAQ 16(SI)(AX*8), R12
	XORL DX, DX
worlds:
	LEAQ (BX)(DX*1), R10
	LOAD(12(SI), Z0)
	LEAQ 16(SI), R8
terms:
	LOAD(0(R8), Z1)
	FMABY(4(R8), Z1, Z0)
	ADDQ $8, R8
	CMPQ R8, R12
	JB   terms
	STORE(Z0, 8(SI))
	ADDQ $64, DX
	CMPQ DX, CX
	JB   worlds
	MOVQ R12, SI
	NEXT

// sum: n, out, x0, x1, …
TEXT sum<>(SB), NOSPLIT, $0
	MOVL 4(SI), AX
	LEAQ 12(SI)(AX*4), R12
	XORL DX, DX
worlds:
	LEAQ (BX)(DX*1), R10
	LOAD(12(SI), Z0)
	LEAQ 16(SI), R8
terms:
	MOVL 0(R8), AX
	VADDPD (R10)(AX*1), Z0, Z0
	ADDQ $4, R8
	CMPQ R8, R12
	JB   terms
	STORE(Z0, 8(SI))
	ADDQ $64, DX
	CMPQ DX, CX
	JB   worlds
	MOVQ R12, SI
	NEXT

// Operations on one, two or three values. DI is out, R8, R10, R11 the values.
#define ONEVALUE \
	MOVL 4(SI), DI;  \
	MOVL 8(SI), R8;  \
	ADDQ BX, DI;     \
	ADDQ BX, R8;     \
	ADDQ $12, SI;    \
	XORL DX, DX
#define TWOVALUES \
	MOVL 4(SI), DI;  \
	MOVL 8(SI), R8;  \
	MOVL 12(SI), R10; \
	ADDQ BX, DI;     \
	ADDQ BX, R8;     \
	ADDQ BX, R10;    \
	ADDQ $16, SI;    \
	XORL DX, DX
#define X    (R8)(DX*1)
#define Y    (R10)(DX*1)
#define OUT  (DI)(DX*1)
#define LOOP(label) \
	VMOVUPD Z0, OUT; \
	ADDQ $64, DX;    \
	CMPQ DX, CX;     \
	JB   label;      \
	NEXT

TEXT neg<>(SB), NOSPLIT, $0
	ONEVALUE
	MOVQ $(1<<63), AX
	VPBROADCASTQ AX, Z1
worlds:
	VPXORQ X, Z1, Z0
	LOOP(worlds)

TEXT sqrt<>(SB), NOSPLIT, $0
	ONEVALUE
worlds:
	VSQRTPD X, Z0
	LOOP(worlds)

TEXT add<>(SB), NOSPLIT, $0
	TWOVALUES
worlds:
	VMOVUPD X, Z0
	VADDPD  Y, Z0, Z0
	LOOP(worlds)

TEXT sub<>(SB), NOSPLIT, $0
	TWOVALUES
worlds:
	VMOVUPD X, Z0
	VSUBPD  Y, Z0, Z0
	LOOP(worlds)

TEXT mul<>(SB), NOSPLIT, $0
	TWOVALUES
worlds:
	VMOVUPD X, Z0
	VMULPD  Y, Z0, Z0
	LOOP(worlds)

TEXT div<>(SB), NOSPLIT, $0
	TWOVALUES
worlds:
	VMOVUPD X, Z0
	VDIVPD  Y, Z0, Z0
	LOOP(worlds)

// The machine's minimum gives its last operand, here x, on a tie and for NaN;
// a NaN in y is put back.
TEXT min<>(SB), NOSPLIT, $0
	TWOVALUES
worlds:
	VMOVUPD Y, Z1
	VMINPD  X, Z1, Z0
	VCMPPD  UNO, Z1, Z1, K1
	VMOVAPD Z1, K1, Z0
	LOOP(worlds)

TEXT max<>(SB), NOSPLIT, $0
	TWOVALUES
worlds:
	VMOVUPD Y, Z1
	VMAXPD  X, Z1, Z0
	VCMPPD  UNO, Z1, Z1, K1
	VMOVAPD Z1, K1, Z0
	LOOP(worlds)

TEXT less<>(SB), NOSPLIT, $0
	TWOVALUES
worlds:
	VMOVUPD   X, Z1
	VCMPPD    LT, Y, Z1, K1
	VMOVAPD.Z zONE, K1, Z0
	LOOP(worlds)

TEXT select<>(SB), NOSPLIT, $0
	MOVL 16(SI), R11
	ADDQ BX, R11
	TWOVALUES
	ADDQ $4, SI
worlds:
	VMOVUPD X, Z1
	VMOVUPD (R11)(DX*1), Z0
	VCMPPD  NEQ, zZERO, Z1, K1
	VMOVUPD Y, K1, Z0
	LOOP(worlds)

// CLAMP brings x to where EXP is defined; NaN, the last operand, stays.
#define CLAMP(x, top, low) \
	VMINPD x, top, x; \
	VMAXPD x, low, x

TEXT exp<>(SB), NOSPLIT, $0
	ONEVALUE
	VBROADCASTSD EXPTOP, Z16
	VBROADCASTSD EXPLOW, Z17
worlds:
	VMOVUPD X, Z1
	CLAMP(Z1, Z16, Z17)
	EXP(Z1, Z2, Z3, Z0, Z4, Z5)
	LOOP(worlds)

// LOG is math.go's log: k in n, the mantissa in m. Zero and +Inf come out
// right by themselves; a negative x is made NaN at the end.
#define LOG(x, m, n, s, z, w, odd, even, half, spare) \
	VGETEXPPD      x, n;               \
	VGETMANTPD     $4, x, m;           \
	VBROADCASTSD   SQRT2, spare;       \
	VCMPPD         GE, spare, m, K1;   \
	VMULPD.BCST    HALF, m, K1, m;     \
	VADDPD         zONE, n, K1, n;     \
	VSUBPD         zONE, m, m;         \
	VADDPD.BCST    TWO, m, s;          \
	VDIVPD         s, m, s;            \
	VMULPD         s, s, z;            \
	VMULPD         z, z, w;            \
	VBROADCASTSD   L7, odd;            \
	VBROADCASTSD   L5, spare;          \
	VFMADD213PD    spare, w, odd;      \
	VBROADCASTSD   L3, spare;          \
	VFMADD213PD    spare, w, odd;      \
	VBROADCASTSD   L1, spare;          \
	VFMADD213PD    spare, w, odd;      \
	VBROADCASTSD   L6, even;           \
	VBROADCASTSD   L4, spare;          \
	VFMADD213PD    spare, w, even;     \
	VBROADCASTSD   L2, spare;          \
	VFMADD213PD    spare, w, even;     \
	VMULPD         w, even, even;      \
	VFMADD213PD    even, z, odd;       \
	VMULPD.BCST    HALF, m, half;      \
	VMULPD         m, half, half;      \
	VADDPD         odd, half, odd;     \
	VMULPD         zLN2LO, n, even;    \
	VFMADD213PD    even, s, odd;       \
	VSUBPD         odd, half, half;    \
	VSUBPD         m, half, half;      \
	VMULPD         zLN2HI, n, n;       \
	VSUBPD         half, n, n;         \
	VCMPPD         LT, zZERO, x, K1;   \
	VBROADCASTSD   NAN, K1, n

TEXT log<>(SB), NOSPLIT, $0
	ONEVALUE
worlds:
	VMOVUPD X, Z1
	LOG(Z1, Z2, Z0, Z3, Z4, Z5, Z6, Z7, Z8, Z9)
	LOOP(worlds)

// pow is exp(y·log x), and 1 where y = 0 and x ≥ 0.
TEXT pow<>(SB), NOSPLIT, $0
	TWOVALUES
	VBROADCASTSD EXPTOP, Z16
	VBROADCASTSD EXPLOW, Z17
worlds:
	VMOVUPD X, Z1
	LOG(Z1, Z2, Z0, Z3, Z4, Z5, Z6, Z7, Z8, Z9)
	VMOVUPD Y, Z10
	VMULPD  Z0, Z10, Z2
	CLAMP(Z2, Z16, Z17)
	EXP(Z2, Z3, Z4, Z0, Z5, Z6)
	VCMPPD  EQ, zZERO, Z10, K1
	VCMPPD  GE, zZERO, Z1, K1, K1
	VMOVAPD zONE, K1, Z0
	LOOP(worlds)
