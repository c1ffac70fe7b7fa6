package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileWidth = 256

func sha256Of(parts ...[]byte) [32]byte {
	h := sha256.New()
	for _, part := range parts {
		h.Write(part)
	}
	var sum [32]byte
	h.Sum(sum[:0])
	return sum
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// tilePath follows c2sp.org/tlog-tiles; width 256 is the full tile.
func tilePath(level string, n int64, width int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	path = "tile/" + level + "/" + path
	if width < tileWidth {
		path += ".p/" + strconv.Itoa(width)
	}
	return path
}

// readLog reads every bundle of a log of this size.
func readLog(dir string, size int64) ([][]byte, []Finding) {
	leaves := make([][]byte, 0, size)
	for n := int64(0); n*tileWidth < size; n++ {
		width := int(size - n*tileWidth)
		if width > tileWidth {
			width = tileWidth
		}
		path := tilePath("entries", n, width)
		data, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, []Finding{{Code: "bundle.missing", Detail: path}}
		}
		entries, ok := splitBundle(data, width)
		if !ok {
			return nil, []Finding{{Code: "bundle.broken", Detail: path}}
		}
		leaves = append(leaves, entries...)
	}
	return leaves, nil
}

func splitBundle(data []byte, count int) ([][]byte, bool) {
	var entries [][]byte
	for len(entries) < count {
		if len(data) < 2 {
			return nil, false
		}
		length := int(data[0])<<8 | int(data[1])
		if len(data) < 2+length {
			return nil, false
		}
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	return entries, len(data) == 0
}

// tree holds every stored hash of the log, in the order of x/mod's tlog.
type tree struct {
	hashes []tlog.Hash
	leaves []tlog.Hash
	raw    [][]byte
}

func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		out[i] = t.hashes[index]
	}
	return out, nil
}

func newTree(leaves [][]byte) *tree {
	t := &tree{raw: leaves}
	for i, leaf := range leaves {
		t.leaves = append(t.leaves, tlog.RecordHash(leaf))
		stored, err := tlog.StoredHashes(int64(i), leaf, t)
		if err != nil {
			panic(err)
		}
		t.hashes = append(t.hashes, stored...)
	}
	return t
}

func (t *tree) rootAt(size int64) (tlog.Hash, bool) {
	if size < 0 || size > int64(len(t.leaves)) {
		return tlog.Hash{}, false
	}
	if size == 0 {
		return tlog.Hash(sha256Of()), true
	}
	root, err := tlog.TreeHash(size, t)
	return root, err == nil
}

// compare checks the root, every tile that the size asks for, and that nothing else lies there.
func (t *tree) compare(dir string, h *head) []Finding {
	var findings []Finding
	if root, ok := t.rootAt(h.size); !ok || root != h.root {
		findings = append(findings, Finding{Code: "root.differs", Detail: hexOf(root[:])})
	}
	wanted := t.tiles()
	known := map[string]bool{"checkpoint": true, "log.vkey": true, "cosigners.vkey": true, "policy": true}
	filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator)))
		if known[name] {
			return nil
		}
		if !entry.Type().IsRegular() {
			findings = append(findings, Finding{Code: "file.stray", Detail: name})
			return nil
		}
		findings = append(findings, t.compareFile(path, name, wanted)...)
		return nil
	})
	for name := range wanted {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			findings = append(findings, Finding{Code: "tile.missing", Detail: name})
		}
	}
	return findings
}

// compareFile: a tile must hold what the entries give; a narrower one that was superseded, the first part of it.
func (t *tree) compareFile(path, name string, wanted map[string][]byte) []Finding {
	full := name
	count := -1
	if at := strings.Index(name, ".p/"); at >= 0 {
		full = name[:at]
		width, err := strconv.Atoi(name[at+3:])
		if err != nil || width < 1 || width >= tileWidth || strconv.Itoa(width) != name[at+3:] {
			return []Finding{{Code: "file.stray", Detail: name}}
		}
		count = width
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return []Finding{{Code: "tile.missing", Detail: name}}
	}
	for candidate, bytesWanted := range wanted {
		if candidate != full && !strings.HasPrefix(candidate, full+".p/") {
			continue
		}
		part, ok := prefixOf(candidate, bytesWanted, count)
		if !ok {
			return []Finding{{Code: "tile.beyond-size", Detail: name}}
		}
		if !bytes.Equal(part, data) {
			return []Finding{{Code: "tile.differs", Detail: name}}
		}
		return nil
	}
	if strings.HasPrefix(name, "tile/") {
		return []Finding{{Code: "tile.beyond-size", Detail: name}}
	}
	return []Finding{{Code: "file.stray", Detail: name}}
}

// prefixOf gives the first count hashes or entries; count -1 asks for a full tile.
func prefixOf(name string, data []byte, count int) ([]byte, bool) {
	isEntries := strings.HasPrefix(name, "tile/entries/")
	if count < 0 {
		count = tileWidth
	}
	end := 0
	for i := 0; i < count; i++ {
		if isEntries {
			if end+2 > len(data) {
				return nil, false
			}
			end += 2 + int(data[end])<<8 + int(data[end+1])
		} else {
			end += tlog.HashSize
		}
	}
	if end > len(data) {
		return nil, false
	}
	return data[:end], true
}

// tiles gives every tile and bundle that a log of this size consists of, in its widest form.
func (t *tree) tiles() map[string][]byte {
	wanted := map[string][]byte{}
	size := int64(len(t.leaves))
	span := int64(1)
	for level := 0; size/span > 0; level++ {
		count := size / span
		for n := int64(0); n*tileWidth < count; n++ {
			width := int(count - n*tileWidth)
			if width > tileWidth {
				width = tileWidth
			}
			var data []byte
			for i := 0; i < width; i++ {
				hash := t.hashes[tlog.StoredHashIndex(level*8, n*tileWidth+int64(i))]
				data = append(data, hash[:]...)
			}
			wanted[tilePath(strconv.Itoa(level), n, width)] = data
		}
		span *= tileWidth
	}
	for n := int64(0); n*tileWidth < size; n++ {
		width := int(size - n*tileWidth)
		if width > tileWidth {
			width = tileWidth
		}
		var data []byte
		for i := 0; i < width; i++ {
			leaf := t.raw[n*tileWidth+int64(i)]
			data = append(data, byte(len(leaf)>>8), byte(len(leaf)))
			data = append(data, leaf...)
		}
		wanted[tilePath("entries", n, width)] = data
	}
	return wanted
}

// compareSeen holds checkpoints kept elsewhere against this history, by a consistency proof as a client would get it.
func (t *tree) compareSeen(h *head, files []string) []Finding {
	var findings []Finding
	for _, file := range files {
		msg, err := os.ReadFile(file)
		if err != nil {
			findings = append(findings, Finding{Code: "seen.refused", Detail: err.Error()})
			continue
		}
		other, err := openNote(msg, h.verifier, []note.Verifier{h.verifier})
		if err != nil {
			findings = append(findings, Finding{Code: "seen.refused", Detail: err.Error()})
			continue
		}
		if other.size > h.size {
			findings = append(findings, Finding{Code: "history.longer-elsewhere", Detail: file})
			continue
		}
		if other.size == 0 {
			continue
		}
		proof, err := tlog.ProveTree(h.size, other.size, t)
		if err != nil || tlog.CheckTree(proof, h.size, h.root, other.size, other.root) != nil {
			findings = append(findings, Finding{Code: "history.split-view", Detail: file})
		}
	}
	return findings
}

// checkProofs makes an inclusion proof for entries spread over the log and checks it against the signed root; and checks
// receipts that lie beside the record.
func (t *tree) checkProofs(dir string, h *head) []Finding {
	var findings []Finding
	step := h.size/64 + 1
	for index := int64(0); index < h.size; index += step {
		proof, err := tlog.ProveRecord(h.size, index, t)
		if err != nil || tlog.CheckRecord(proof, h.size, h.root, index, t.leaves[index]) != nil {
			findings = append(findings, at("proof.mismatch", index, ""))
		}
	}
	receipts, _ := filepath.Glob(filepath.Join(dir, "../proofs/*.tlog-proof"))
	for _, file := range receipts {
		if err := t.checkReceipt(file, h); err != nil {
			findings = append(findings, Finding{Code: "receipt.refused", Detail: filepath.Base(file) + ": " + err.Error()})
		}
	}
	return findings
}

// checkReceipt reads c2sp.org/tlog-proof@v1.
func (t *tree) checkReceipt(file string, h *head) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	cut := bytes.Index(data, []byte("\n\n"))
	if cut < 0 {
		return fmt.Errorf("no blank line")
	}
	lines := strings.Split(string(data[:cut]), "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return fmt.Errorf("no receipt")
	}
	index, err := strconv.ParseInt(lines[1][6:], 10, 64)
	if err != nil || index < 0 || index >= int64(len(t.leaves)) {
		return fmt.Errorf("index %q", lines[1])
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := strictBase64(line)
		if err != nil || len(hash) != tlog.HashSize {
			return fmt.Errorf("hash %q", line)
		}
		proof = append(proof, tlog.Hash(*(*[32]byte)(hash)))
	}
	signed, err := openNote(data[cut+2:], h.verifier, []note.Verifier{h.verifier})
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, signed.size, signed.root, index, t.leaves[index])
}
