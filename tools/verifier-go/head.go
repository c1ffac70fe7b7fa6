package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// head is the signed checkpoint, opened.
type head struct {
	origin   string
	size     int64
	root     tlog.Hash
	note     []byte
	verifier note.Verifier
	// public is the key of verifier, raw.
	public    []byte
	cosigners []string
}

func openHead(dir string) (*head, error) {
	vkey, err := os.ReadFile(filepath.Join(dir, "log.vkey"))
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return nil, fmt.Errorf("log.vkey: %w", err)
	}
	msg, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return nil, err
	}
	verifiers := []note.Verifier{verifier}
	more, err := readCosigners(filepath.Join(dir, "cosigners.vkey"))
	if err != nil {
		return nil, err
	}
	h, err := openNote(msg, verifier, append(verifiers, more...))
	if err != nil {
		return nil, err
	}
	own, refusal := readVkey(strings.TrimSpace(string(vkey)))
	if refusal != nil || own.kind != noteType {
		return nil, errors.New("log.vkey: no Ed25519 key of notes")
	}
	h.public = own.key
	return h, nil
}

// openNote demands the log's own signature; a known key whose signature is false refuses the whole.
func openNote(msg []byte, log note.Verifier, verifiers []note.Verifier) (*head, error) {
	opened, err := note.Open(msg, note.VerifierList(verifiers...))
	if err != nil {
		return nil, err
	}
	h := &head{note: msg, verifier: log, cosigners: []string{}}
	signed := false
	for _, sig := range opened.Sigs {
		if sig.Name == log.Name() && sig.Hash == log.KeyHash() {
			signed = true
		} else {
			h.cosigners = append(h.cosigners, sig.Name)
		}
	}
	if !signed {
		return nil, errors.New("checkpoint: not signed by the log")
	}
	if err := h.parse(opened.Text); err != nil {
		return nil, err
	}
	if h.origin != log.Name() {
		return nil, fmt.Errorf("checkpoint: of %s, signed by %s", h.origin, log.Name())
	}
	return h, nil
}

// parse takes exactly three lines: origin, size, root.
func (h *head) parse(text string) error {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] == "" {
		return errors.New("checkpoint: not three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return fmt.Errorf("checkpoint: size %q", lines[1])
	}
	root, err := strictBase64(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return fmt.Errorf("checkpoint: root %q", lines[2])
	}
	h.origin, h.size = lines[0], size
	copy(h.root[:], root)
	return nil
}

// strictBase64 refuses every spelling but the one: padded, no spare bits.
func strictBase64(text string) ([]byte, error) {
	return base64.StdEncoding.Strict().DecodeString(strings.ReplaceAll(strings.ReplaceAll(text, "\n", "!"), "\r", "!"))
}

func encodeBase64(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

// cosigner verifies cosignatures of type 4: time and Ed25519 (c2sp.org/tlog-cosignature).
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig[:8])
	signed := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), msg...)
	return verifyStrict(c.key, signed, sig[8:])
}

// readCosigners passes over keys of types that it does not know.
func readCosigners(path string) ([]note.Verifier, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []note.Verifier
	for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		one, err := parseCosigner(string(line))
		if err != nil {
			return nil, err
		}
		if one != nil {
			found = append(found, one)
		}
	}
	return found, nil
}

func parseCosigner(text string) (*cosigner, error) {
	read, refusal := readVkey(text)
	if refusal != nil {
		return nil, fmt.Errorf("%s %q", refusal.Code, text)
	}
	if read.kind != cosignType {
		return nil, nil
	}
	return &cosigner{name: read.name, hash: read.id, key: read.key}, nil
}
