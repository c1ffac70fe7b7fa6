package main

import (
	"crypto/sha512"
)

// resealing is an entry that claims a SHA-512 over every entry before a size.
type resealing struct {
	index        int64
	size, sha512 interface{}
}

// resealDigest is a chain over bundles of 256 entries as tlog-tiles lays them out, the last one cut at size.
func resealDigest(origin string, leaves [][]byte) []byte {
	digest := sha512.Sum512([]byte("openjmc reseal v1\n" + origin + "\n"))
	for from := 0; from < len(leaves); from += 256 {
		until := from + 256
		if until > len(leaves) {
			until = len(leaves)
		}
		hash := sha512.New()
		hash.Write(digest[:])
		for _, leaf := range leaves[from:until] {
			hash.Write([]byte{byte(len(leaf) >> 8), byte(len(leaf))})
			hash.Write(leaf)
		}
		copy(digest[:], hash.Sum(nil))
	}
	return digest[:]
}

func (s *state) checkReseals(leaves [][]byte) []Finding {
	var findings []Finding
	for _, one := range s.resealed {
		size, ok := one.size.(int64)
		if !ok || size < 0 || size > one.index || hexOf(resealDigest(s.origin, leaves[:size])) != one.sha512 {
			findings = append(findings, at("reseal.differs", one.index, ""))
		}
	}
	return findings
}
