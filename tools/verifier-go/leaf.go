package main

import (
	"crypto/ed25519"
	"fmt"
	"regexp"
	"time"
)

const (
	maximumEntry   = 65535
	maximumPayload = 32 * 1024
)

var (
	payloadForm = regexp.MustCompile(`^application/vnd\.openjmc\.([a-z][a-z-]{0,31}(?:\.[a-z][a-z-]{0,31})?)\.v([1-9][0-9]{0,2})\+json$`)
	identifier  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$`)
	hash64      = regexp.MustCompile(`^[0-9a-f]{64}$`)
	timeForm    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$`)
)

// leaf is one entry: a DSSE envelope with one signature over a statement.
type leaf struct {
	keyID     string
	signature []byte
	signed    []byte
	id        string

	origin, kind, component, role, subject string
	revision                               int64
	at                                     int64
	refs                                   []interface{}
	anchorSize                             int64
	anchorRoot                             string
	body                                   object
}

func readLeaf(data []byte) (*leaf, *Refusal) {
	value, refusal := parseCanonical(data, maximumEntry)
	if refusal != nil {
		return nil, refusal
	}
	envelope, ok := exactly(value, "payload", "payloadType", "signatures")
	if !ok {
		return nil, refuse("envelope.malformed", "")
	}
	signatures, ok := envelope["signatures"].([]interface{})
	if !ok || len(signatures) != 1 {
		return nil, refuse("envelope.signatures", "")
	}
	one, ok := exactly(signatures[0], "keyid", "sig")
	if !ok {
		return nil, refuse("envelope.malformed", "signatures")
	}
	l := &leaf{}
	sig, ok := one["sig"].(string)
	if !ok {
		return nil, refuse("envelope.malformed", "sig")
	}
	var err error
	if l.signature, err = strictBase64(sig); err != nil {
		return nil, refuse("base64.malformed", "sig")
	}
	if l.keyID, ok = one["keyid"].(string); !ok || !hash64.MatchString(l.keyID) {
		return nil, refuse("envelope.malformed", "keyid")
	}
	if len(l.signature) != ed25519.SignatureSize {
		return nil, refuse("signature.length", "")
	}
	encoded, ok1 := envelope["payload"].(string)
	payloadType, ok2 := envelope["payloadType"].(string)
	if !ok1 || !ok2 {
		return nil, refuse("envelope.malformed", "payload")
	}
	payload, err := strictBase64(encoded)
	if err != nil {
		return nil, refuse("base64.malformed", "payload")
	}
	match := payloadForm.FindStringSubmatch(payloadType)
	if match == nil {
		return nil, refuse("envelope.payload-type", payloadType)
	}
	if refusal := l.readStatement(payload); refusal != nil {
		return nil, refusal
	}
	if l.kind != match[1] {
		return nil, refuse("kind.mismatch", l.kind)
	}
	l.signed = []byte(fmt.Sprintf("DSSEv1 %d %s %d %s", len(payloadType), payloadType, len(payload), payload))
	sum := sha256Of(l.signed)
	l.id = hexOf(sum[:])
	return l, nil
}

func (l *leaf) readStatement(payload []byte) *Refusal {
	value, refusal := parseCanonical(payload, maximumPayload)
	if refusal != nil {
		return refusal
	}
	fields, ok := exactly(value, "anchor", "at", "body", "component", "kind", "origin", "refs", "revision", "role", "subject")
	if !ok {
		return refuse("statement.malformed", "")
	}
	for name, into := range map[string]*string{"component": &l.component, "kind": &l.kind, "origin": &l.origin, "role": &l.role, "subject": &l.subject} {
		if *into, ok = fields[name].(string); !ok || !identifier.MatchString(*into) {
			return refuse("statement.malformed", name)
		}
	}
	if l.revision, ok = fields["revision"].(int64); !ok || l.revision < 0 {
		return refuse("statement.malformed", "revision")
	}
	if l.at, ok = parseTime(fields["at"]); !ok {
		return refuse("statement.time", "at")
	}
	if l.refs, ok = fields["refs"].([]interface{}); !ok || len(l.refs) > 256 {
		return refuse("statement.malformed", "refs")
	}
	for _, item := range l.refs {
		ref, ok := exactly(item, "rel", "sha256")
		if !ok || !isText(ref["rel"], identifier) || !isText(ref["sha256"], hash64) {
			return refuse("statement.malformed", "refs")
		}
	}
	anchor, ok := exactly(fields["anchor"], "root", "size")
	if !ok || !isText(anchor["root"], hash64) {
		return refuse("statement.malformed", "anchor")
	}
	l.anchorRoot = anchor["root"].(string)
	if l.anchorSize, ok = anchor["size"].(int64); !ok || l.anchorSize < 0 {
		return refuse("statement.malformed", "anchor.size")
	}
	if l.body, ok = fields["body"].(object); !ok {
		return refuse("statement.malformed", "body")
	}
	return nil
}

func exactly(value interface{}, names ...string) (object, bool) {
	members, ok := value.(object)
	if !ok || len(members) != len(names) {
		return nil, false
	}
	for _, name := range names {
		if _, ok := members[name]; !ok {
			return nil, false
		}
	}
	return members, true
}

func isText(value interface{}, form *regexp.Regexp) bool {
	text, ok := value.(string)
	return ok && form.MatchString(text)
}

// parseTime gives microseconds since 1970.
func parseTime(value interface{}) (int64, bool) {
	text, ok := value.(string)
	if !ok || !timeForm.MatchString(text) {
		return 0, false
	}
	parsed, err := time.Parse("2006-01-02T15:04:05.000000Z", text)
	if err != nil || parsed.Format("2006-01-02T15:04:05.000000Z") != text {
		return 0, false
	}
	return parsed.UnixMicro(), true
}

func (l *leaf) text(name string) (string, *Refusal) {
	text, ok := l.body[name].(string)
	if !ok || text == "" {
		return "", refuse("statement.body", "body."+name)
	}
	return text, nil
}

// proposal is the one act that a closing statement is about, named by reference, by body, or by both alike.
func (l *leaf) proposal() (string, *Refusal) {
	names := map[string]bool{}
	for _, item := range l.refs {
		if ref := item.(object); ref["rel"] == "proposal" {
			names[ref["sha256"].(string)] = true
		}
	}
	if isText(l.body["proposal"], hash64) {
		names[l.body["proposal"].(string)] = true
	}
	if len(names) != 1 {
		return "", refuse("statement.body", "body.proposal")
	}
	for name := range names {
		return name, nil
	}
	return "", nil
}
