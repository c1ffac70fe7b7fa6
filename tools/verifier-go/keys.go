package main

import (
	"crypto/ed25519"
	"math/big"
)

var (
	prime, _  = new(big.Int).SetString("57896044618658097711785492504343953926634992332820282019728792003956564819949", 10)
	order, _  = new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	constantD = func() *big.Int {
		d := new(big.Int).ModInverse(big.NewInt(121666), prime)
		d.Mul(d, big.NewInt(-121665))
		return d.Mod(d, prime)
	}()
)

func littleEndian(b []byte) *big.Int {
	reversed := make([]byte, len(b))
	for i, c := range b {
		reversed[len(b)-1-i] = c
	}
	return new(big.Int).SetBytes(reversed)
}

// checkPoint demands the one canonical encoding of a y below p that is of none of the points of low order.
func checkPoint(encoded []byte, noun string) *Refusal {
	y := yOf(encoded)
	if y.Cmp(prime) >= 0 {
		return refuse(noun+".not-canonical", "")
	}
	if isLowOrder(y) {
		return refuse(noun+".low-order", "")
	}
	return nil
}

func yOf(encoded []byte) *big.Int {
	masked := append([]byte{}, encoded...)
	masked[31] &= 0x7f
	return littleEndian(masked)
}

// isLowOrder: eight times such a point is the identity. Computed, so that no table has to be trusted.
func isLowOrder(y *big.Int) bool {
	x := recoverX(y)
	if x == nil {
		return false
	}
	p := point{x, y}
	for i := 0; i < 3; i++ {
		p = add(p, p)
	}
	return p.isIdentity()
}

// verifyStrict is Ed25519 in the one profile on which all libraries agree.
func verifyStrict(key ed25519.PublicKey, message, signature []byte) bool {
	if len(key) != 32 || len(signature) != 64 || checkPoint(key, "key") != nil || checkPoint(signature[:32], "signature") != nil {
		return false
	}
	return littleEndian(signature[32:]).Cmp(order) < 0 && ed25519.Verify(key, message, signature)
}

// checkSignature says why a signature is not good.
func checkSignature(key ed25519.PublicKey, message, signature []byte) *Refusal {
	if refusal := checkPoint(key, "key"); refusal != nil {
		return refusal
	}
	if refusal := checkPoint(signature[:32], "signature"); refusal != nil {
		return refusal
	}
	if littleEndian(signature[32:]).Cmp(order) >= 0 {
		return refuse("signature.not-canonical", "")
	}
	if !ed25519.Verify(key, message, signature) {
		return refuse("signature.bad", "")
	}
	return nil
}

// checkEnrolled: a key that may be enrolled is a point of the prime-order group.
func checkEnrolled(key []byte) *Refusal {
	if refusal := checkPoint(key, "key"); refusal != nil {
		return refusal
	}
	y := yOf(key)
	x := recoverX(y)
	if x == nil {
		return refuse("key.not-a-point", "")
	}
	if x.Bit(0) != uint(key[31]>>7) {
		x.Sub(prime, x)
	}
	if !multiply(order, point{x, y}).isIdentity() {
		return refuse("key.torsion", "")
	}
	return nil
}

type point struct{ x, y *big.Int }

func (p point) isIdentity() bool { return p.x.Sign() == 0 && p.y.Cmp(big.NewInt(1)) == 0 }

// recoverX solves x² = (y²-1)/(dy²+1); nil where there is none.
func recoverX(y *big.Int) *big.Int {
	square := new(big.Int).Mul(y, y)
	above := new(big.Int).Sub(square, big.NewInt(1))
	below := new(big.Int).Mul(constantD, square)
	below.Add(below, big.NewInt(1)).Mod(below, prime)
	below.ModInverse(below, prime)
	above.Mul(above, below).Mod(above, prime)
	return new(big.Int).ModSqrt(above, prime)
}

// add is the complete addition law of the twisted Edwards curve with a = -1 (RFC 8032 section 5.1).
func add(p, q point) point {
	x1y2 := new(big.Int).Mul(p.x, q.y)
	y1x2 := new(big.Int).Mul(p.y, q.x)
	y1y2 := new(big.Int).Mul(p.y, q.y)
	x1x2 := new(big.Int).Mul(p.x, q.x)
	product := new(big.Int).Mul(x1x2, y1y2)
	product.Mul(product, constantD).Mod(product, prime)
	one := big.NewInt(1)
	x := x1y2.Add(x1y2, y1x2)
	x.Mul(x, new(big.Int).ModInverse(new(big.Int).Mod(new(big.Int).Add(one, product), prime), prime))
	y := y1y2.Add(y1y2, x1x2)
	y.Mul(y, new(big.Int).ModInverse(new(big.Int).Mod(new(big.Int).Sub(one, product), prime), prime))
	return point{x.Mod(x, prime), y.Mod(y, prime)}
}

func multiply(scalar *big.Int, p point) point {
	result := point{big.NewInt(0), big.NewInt(1)}
	for i := scalar.BitLen() - 1; i >= 0; i-- {
		result = add(result, result)
		if scalar.Bit(i) == 1 {
			result = add(result, p)
		}
	}
	return result
}
