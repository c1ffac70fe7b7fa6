package main

import "bytes"

// logKey is a key that signs the log's checkpoints, from one entry to another.
type logKey struct {
	id          string
	public      []byte
	from, ended int64
}

func (s *state) foundLogKey(l *leaf) *Refusal {
	if _, given := l.body["logKey"]; !given {
		return nil
	}
	text, refusal := l.text("logKey")
	if refusal != nil {
		return refusal
	}
	fresh, refusal := s.newLogKey(text)
	if refusal == nil {
		fresh.from = 0
		s.logKeys = []*logKey{fresh}
	}
	return refusal
}

// replaceLogKey: what puts another machine's key in force may name another key of the log as well.
func (s *state) replaceLogKey(l *leaf) *Refusal {
	if _, given := l.body["logKey"]; !given {
		return nil
	}
	text, refusal := l.text("logKey")
	if refusal != nil {
		return refusal
	}
	proof, refusal := l.text("logPossession")
	if refusal != nil {
		return refusal
	}
	if refusal := s.possessionOf(l, "log", text, proof); refusal != nil {
		return refusal
	}
	fresh, refusal := s.newLogKey(text)
	if refusal != nil {
		return refusal
	}
	for _, one := range s.logKeys {
		if one.ended == never {
			one.ended = s.index
		}
	}
	s.logKeys = append(s.logKeys, fresh)
	return nil
}

// newLogKey: it signs checkpoints and nothing else, so that no other key of the log may be the same.
func (s *state) newLogKey(text string) (*logKey, *Refusal) {
	read, refusal := s.newKey(text, "log", "centre", "log")
	if refusal != nil {
		return nil, refusal
	}
	for _, one := range s.logKeys {
		if one.id == read.id {
			return nil, refuse("key.already-enrolled", read.id)
		}
	}
	return &logKey{id: read.id, public: read.public, from: s.index, ended: never}, nil
}

// logKeyNow is nil where the founding names none.
func (s *state) logKeyNow() *logKey {
	for _, one := range s.logKeys {
		if one.ended == never {
			return one
		}
	}
	return nil
}

// checkLogKey: the checkpoint bears a key that was in force at its size. At the size where one took the other's place, either may.
func (s *state) checkLogKey(h *head) []Finding {
	if len(s.logKeys) == 0 {
		return nil
	}
	for _, one := range s.logKeys {
		begun := one.from == 0 || h.size > one.from
		if bytes.Equal(one.public, h.public) && begun && (one.ended == never || h.size <= one.ended+1) {
			return nil
		}
	}
	return []Finding{{Code: "log-key.not-in-force", Detail: h.verifier.Name()}}
}
