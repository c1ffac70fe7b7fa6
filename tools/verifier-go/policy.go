package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/mod/sumdb/note"
)

// Signature types of c2sp.org/signed-note, with the lengths of their keys.
const (
	noteType     = 1
	cosignType   = 4
	mlDsa44Type  = 6
	mostLines    = 10_000
	longestSpell = 86_400
)

var (
	keyLengths = map[byte]int{noteType: 32, cosignType: 32, mlDsa44Type: 1312}
	vkeyForm   = regexp.MustCompile(`^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$`)
	plainLine  = regexp.MustCompile(`^[\x20-\x7e\t\x{80}-\x{10ffff}]*$`)
	decimal    = regexp.MustCompile(`^(0|[1-9][0-9]{0,15})$`)
)

// vkey is a verifier key of notes.
type vkey struct {
	name string
	id   uint32
	kind byte
	key  []byte
}

type namedCosigner struct {
	name string
	key  *vkey
}

type group struct {
	name    string
	needed  int
	members []string
}

// policy is c2sp.org/tlog-policy.
type policy struct {
	logs      []*vkey
	witnesses []namedCosigner
	groups    []group
	// quorum is empty where the policy says none.
	quorum string
	names  map[string]bool
	taken  map[string]bool
}

func readVkey(text string) (*vkey, *Refusal) {
	match := vkeyForm.FindStringSubmatch(text)
	if match == nil || strings.IndexFunc(match[1], func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == 0xfeff }) >= 0 {
		return nil, refuse("vkey.malformed", text)
	}
	blob, err := strictBase64(match[3])
	if err != nil {
		return nil, refuse("base64.malformed", text)
	}
	if len(blob) == 0 || keyLengths[blob[0]] != len(blob)-1 {
		return nil, refuse("vkey.type", text)
	}
	id, _ := strconv.ParseUint(match[2], 16, 32)
	sum := sha256Of([]byte(match[1]+"\n"), blob)
	if binary.BigEndian.Uint32(sum[:4]) != uint32(id) {
		return nil, refuse("vkey.id", text)
	}
	return &vkey{match[1], uint32(id), blob[0], blob[1:]}, nil
}

// readPolicy is strict: each name once and before its use, each in one group at most, exactly one quorum.
func readPolicy(lines []string) (*policy, *Refusal) {
	p := &policy{names: map[string]bool{}, taken: map[string]bool{}}
	quorums := 0
	if len(lines) > mostLines {
		return nil, refuse("policy.malformed", "")
	}
	for _, line := range lines {
		if !plainLine.MatchString(line) {
			return nil, refuse("policy.malformed", line)
		}
		words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if words[0] == "quorum" {
			quorums++
		}
		if refusal := p.take(words); refusal != nil {
			return nil, refusal
		}
	}
	if quorums != 1 {
		return nil, refuse("policy.malformed", "quorum")
	}
	return p, nil
}

func (p *policy) take(words []string) *Refusal {
	malformed := refuse("policy.malformed", strings.Join(words, " "))
	switch {
	case words[0] == "log" && (len(words) == 2 || len(words) == 3):
		key, refusal := readVkey(words[1])
		p.logs = append(p.logs, key)
		return refusal
	case words[0] == "witness" && (len(words) == 3 || len(words) == 4):
		if !p.define(words[1]) {
			return malformed
		}
		key, refusal := readVkey(words[2])
		p.witnesses = append(p.witnesses, namedCosigner{words[1], key})
		return refusal
	case words[0] == "group" && len(words) >= 4:
		if !p.takeGroup(words[1], words[2], words[3:]) {
			return malformed
		}
		return nil
	case words[0] == "quorum" && len(words) == 2 && (words[1] == "none" || p.names[words[1]]):
		p.quorum = words[1]
		if p.quorum == "none" {
			p.quorum = ""
		}
		return nil
	}
	return malformed
}

func (p *policy) takeGroup(name, threshold string, members []string) bool {
	needed := 0
	switch {
	case threshold == "all":
		needed = len(members)
	case threshold == "any":
		needed = 1
	case decimal.MatchString(threshold):
		needed, _ = strconv.Atoi(threshold)
	}
	if needed < 1 || needed > len(members) {
		return false
	}
	for _, member := range members {
		if !p.names[member] || p.taken[member] {
			return false
		}
		p.taken[member] = true
	}
	p.groups = append(p.groups, group{name, needed, members})
	return p.define(name)
}

func (p *policy) define(name string) bool {
	if name == "none" || p.names[name] {
		return false
	}
	p.names[name] = true
	return true
}

// readRules: a policy that all components have agreed on names this log, and an Ed25519 cosigner of each component.
func readRules(body object, origin string, components []string) (*policy, *Refusal) {
	lines, ok := textLines(body["policy"])
	if !ok {
		return nil, refuse("statement.body", "body.policy")
	}
	// As a file it ends with a line feed, behind which stands one more, empty line.
	p, refusal := readPolicy(append(lines, ""))
	if refusal != nil {
		return nil, refusal
	}
	if len(p.logs) != 1 || p.logs[0].name != origin || p.logs[0].kind != noteType {
		return nil, refuse("policy.log", origin)
	}
	if refusal := p.checkKeys(); refusal != nil {
		return nil, refusal
	}
	for _, component := range components {
		if !p.hasCosignerOf(component, components) {
			return nil, refuse("policy.component", component)
		}
	}
	if p.quorum == "" {
		return nil, refuse("policy.quorum", "")
	}
	for _, name := range []string{"silenceSeconds", "mergeSeconds"} {
		if value, given := body[name]; given {
			if seconds, fits := value.(int64); !fits || seconds <= 0 || seconds > longestSpell {
				return nil, refuse("statement.body", "body."+name)
			}
		}
	}
	return p, nil
}

// checkSuspectCosigners: cosigners of the rules before, and an entry of the log so far.
func (s *state) checkSuspectCosigners(l *leaf) *Refusal {
	value, given := l.body["suspect"]
	items, ok := value.([]interface{})
	if given && !ok {
		return refuse("statement.body", "body.suspect")
	}
	for _, item := range items {
		entry, _ := item.(object)
		name, _ := entry["name"].(string)
		from, isNumber := entry["from"].(int64)
		known := false
		if s.rules != nil {
			for _, one := range s.rules.witnesses {
				known = known || one.name == name
			}
		}
		if !known || !isNumber || from < 0 || from > s.index {
			return refuse("statement.body", "body.suspect")
		}
	}
	return nil
}

func textLines(value interface{}) ([]string, bool) {
	items, ok := value.([]interface{})
	lines := []string{}
	for _, item := range items {
		line, isText := item.(string)
		ok = ok && isText && !strings.Contains(line, "\n")
		lines = append(lines, line)
	}
	return lines, ok
}

func (p *policy) checkKeys() *Refusal {
	keys := [][]byte{p.logs[0].key}
	for _, one := range p.witnesses {
		for _, other := range keys {
			if bytes.Equal(one.key.key, other) {
				return refuse("policy.same-key", one.name)
			}
		}
		keys = append(keys, one.key.key)
	}
	for _, one := range p.witnesses {
		if one.key.kind == noteType {
			return refuse("policy.key-type", one.name)
		}
		if one.key.kind == cosignType {
			if refusal := checkEnrolled(one.key.key); refusal != nil {
				return refusal
			}
		}
	}
	return nil
}

func (p *policy) hasCosignerOf(component string, components []string) bool {
	for _, one := range p.witnesses {
		if one.key.kind == cosignType && componentOf(one.name, components) == component {
			return true
		}
	}
	return false
}

// componentOf: a cosigner's name is its component's, or begins with it and a hyphen; empty for neutrals.
func componentOf(name string, components []string) string {
	for _, component := range components {
		if name == component || strings.HasPrefix(name, component+"-") {
			return component
		}
	}
	return ""
}

// verifiers are those that this program can check, Ed25519 alone.
func (p *policy) verifiers() []note.Verifier {
	var found []note.Verifier
	for _, one := range p.witnesses {
		if one.key.kind == cosignType {
			found = append(found, &cosigner{name: one.key.name, hash: one.key.id, key: one.key.key})
		}
	}
	return found
}

// reaches: whether the keys of these names make the quorum.
func (p *policy) reaches(keyNames []string) bool {
	reached := map[string]bool{}
	for _, one := range p.witnesses {
		if one.key.kind == cosignType && contains(keyNames, one.key.name) {
			reached[one.name] = true
		}
	}
	for _, g := range p.groups {
		count := 0
		for _, member := range g.members {
			if reached[member] {
				count++
			}
		}
		reached[g.name] = count >= g.needed
	}
	return p.quorum == "" || reached[p.quorum]
}

// checkPolicy applies the policy that the components agreed on in the log, else the one that lies beside it.
func (s *state) checkPolicy(dir string, h *head) []Finding {
	rules := s.rules
	if rules == nil {
		text, err := os.ReadFile(filepath.Join(dir, "policy"))
		if err != nil {
			return nil
		}
		var refusal *Refusal
		if rules, refusal = readPolicy(strings.Split(string(text), "\n")); refusal != nil {
			return []Finding{{Code: refusal.Code, Detail: refusal.Detail}}
		}
	}
	opened, err := openNote(h.note, h.verifier, append([]note.Verifier{h.verifier}, rules.verifiers()...))
	if err != nil {
		return []Finding{{Code: "checkpoint.refused", Detail: err.Error()}}
	}
	if !rules.reaches(opened.cosigners) {
		sort.Strings(opened.cosigners)
		return []Finding{{Code: "policy.unsatisfied", Detail: strings.Join(opened.cosigners, ", ")}}
	}
	return nil
}

// takeCosigned checks each signature of a checkpoint that the log tells of, by the rules in force there.
func (s *state) takeCosigned(l *leaf) *Refusal {
	if s.rules == nil {
		return refuse("cosigned.no-rules", "")
	}
	size, ok := l.body["size"].(int64)
	if !ok || size < 0 || size > s.index {
		return refuse("cosigned.root", "")
	}
	root, known := s.tree.rootAt(size)
	if !known || hexOf(root[:]) != l.body["root"] {
		return refuse("cosigned.root", strconv.FormatInt(size, 10))
	}
	if size < s.lastCosigned {
		return refuse("cosigned.order", strconv.FormatInt(size, 10))
	}
	text := s.origin + "\n" + strconv.FormatInt(size, 10) + "\n" + encodeBase64(root[:]) + "\n"
	items, ok := l.body["cosignatures"].([]interface{})
	if !ok || len(items) == 0 {
		return refuse("statement.body", "body.cosignatures")
	}
	names := map[string]bool{}
	for _, item := range items {
		entry, _ := item.(object)
		name, _ := entry["name"].(string)
		if refusal := s.rules.checkCosignature(name, entry, text); refusal != nil {
			return refusal
		}
		names[name] = true
	}
	if len(names) != len(items) {
		return refuse("statement.body", "body.cosignatures")
	}
	s.lastCosigned = size
	return nil
}

func (p *policy) checkCosignature(name string, entry object, text string) *Refusal {
	var key *vkey
	for _, one := range p.witnesses {
		if one.name == name && one.key.kind == cosignType {
			key = one.key
		}
	}
	time, isTime := entry["time"].(int64)
	encoded, _ := entry["signature"].(string)
	signature, err := strictBase64(encoded)
	if key == nil || !isTime || time < 0 || err != nil || len(signature) != ed25519.SignatureSize {
		return refuse("statement.body", "body.cosignatures")
	}
	blob := make([]byte, 8, 8+ed25519.SignatureSize)
	binary.BigEndian.PutUint64(blob, uint64(time))
	if !(&cosigner{key: key.key}).Verify([]byte(text), append(blob, signature...)) {
		return refuse("cosigned.signature", name)
	}
	return nil
}
