package main

const (
	rootKeys           = 3
	officersForOneRoot = 2
	second             = int64(1_000_000)
	day                = int64(86_400)
)

// claim is a component's claim to three new root keys, after the loss of its own.
type claim struct {
	id       string
	roots    []string
	earliest int64
	status   string
}

// readRecoveryDelay: where the founding allows claims at all, the delay is a day at least outside of exercises.
func (s *state) readRecoveryDelay(l *leaf, exercise bool) *Refusal {
	value, given := l.body["rootRecoverySeconds"]
	if !given {
		return nil
	}
	least := day
	if exercise {
		least = 1
	}
	seconds, ok := value.(int64)
	if !ok || seconds < least || seconds > 366*day {
		return refuse("statement.body", "body.rootRecoverySeconds")
	}
	s.recoveryDelay = seconds * second
	return nil
}

// claimRoots gathers signatures over a claim. It stands once somebody of the component itself (a root that is left, or two of its
// officers) and two roots of each other component have signed: witnesses alone cannot take a component over.
func (s *state) claimRoots(l *leaf, signer *key) *Refusal {
	q := s.quorums[l.id]
	if q == nil {
		q = &quorum{keys: map[string]string{}}
	}
	if q.complete {
		return refuse("root.already-complete", l.id)
	}
	if len(q.keys) == 0 {
		if _, refusal := s.readClaim(l); refusal != nil {
			return refusal
		}
	}
	if refusal := s.checkClaimant(l, signer, q); refusal != nil {
		return refusal
	}
	signed := map[string]string{signer.id: signer.component}
	for id, component := range q.keys {
		signed[id] = component
	}
	if s.isClaimComplete(l.component, signed) {
		opened, refusal := s.readClaim(l)
		if refusal != nil {
			return refusal
		}
		s.claims[l.component] = opened
		q.complete = true
	}
	q.keys = signed
	s.quorums[l.id] = q
	return nil
}

func (s *state) checkClaimant(l *leaf, signer *key, q *quorum) *Refusal {
	if _, again := q.keys[signer.id]; again {
		return refuse("root.same-key", signer.id)
	}
	if signer.tier == "root" {
		return nil
	}
	if signer.component != l.component {
		return refuse("component.wrong", signer.component)
	}
	for id := range q.keys {
		if s.keys[id].holder == signer.holder {
			return refuse("recovery.same-officer", signer.holder)
		}
	}
	return nil
}

func (s *state) isClaimComplete(own string, signed map[string]string) bool {
	roots, officers := map[string]int{}, 0
	for id, component := range signed {
		if s.keys[id].ended != never {
			continue
		}
		if s.keys[id].tier == "root" {
			roots[component]++
		} else {
			officers++
		}
	}
	if roots[own] == 0 && officers < officersForOneRoot {
		return false
	}
	for _, component := range s.components {
		if component != own && roots[component] < rootQuorum {
			return false
		}
	}
	return true
}

// readClaim checks what is claimed, as of now.
func (s *state) readClaim(l *leaf) (*claim, *Refusal) {
	if s.recoveryDelay == never {
		return nil, refuse("recovery.not-founded", "")
	}
	if !contains(s.components, l.component) {
		return nil, refuse("component.wrong", l.component)
	}
	if one := s.claims[l.component]; one != nil && one.status == "open" {
		return nil, refuse("recovery.open", l.component)
	}
	if refusal := required(l, "reason"); refusal != nil {
		return nil, refusal
	}
	items, ok := l.body["roots"].([]interface{})
	if !ok || len(items) != rootKeys {
		return nil, refuse("statement.body", "body.roots")
	}
	opened := &claim{id: l.id, earliest: l.at, status: "open"}
	for _, item := range items {
		text, refusal := s.readNewRoot(l, item, opened.roots)
		if refusal != nil {
			return nil, refusal
		}
		opened.roots = append(opened.roots, text)
	}
	if s.machineTime > opened.earliest {
		opened.earliest = s.machineTime
	}
	opened.earliest += s.recoveryDelay
	return opened, nil
}

func (s *state) readNewRoot(l *leaf, item interface{}, before []string) (string, *Refusal) {
	entry, _ := item.(object)
	text, ok1 := entry["key"].(string)
	proof, ok2 := entry["possession"].(string)
	if !ok1 || !ok2 || text == "" || proof == "" {
		return "", refuse("statement.body", "body.roots")
	}
	if refusal := s.possessionOf(l, "root", text, proof); refusal != nil {
		return "", refusal
	}
	if _, refusal := s.newKey(text, "root", l.component, "root"); refusal != nil {
		return "", refusal
	}
	if contains(before, text) {
		return "", refuse("key.already-enrolled", text)
	}
	return text, nil
}

// contestRoots: any root of the component that is left stops the claim.
func (s *state) contestRoots(l *leaf, signer *key) *Refusal {
	if signer.component != l.component {
		return refuse("component.wrong", signer.component)
	}
	if refusal := required(l, "reason"); refusal != nil {
		return refusal
	}
	open, refusal := s.openClaim(l, l.component)
	if refusal == nil {
		open.status = "contested"
	}
	return refusal
}

// restoreRoots: the delay has passed and nobody objected.
func (s *state) restoreRoots(l *leaf) *Refusal {
	component, refusal := l.text("restores")
	if refusal != nil {
		return refusal
	}
	open, refusal := s.openClaim(l, component)
	if refusal != nil {
		return refusal
	}
	if l.at <= open.earliest {
		return refuse("recovery.early", component)
	}
	var fresh []*key
	for _, text := range open.roots {
		one, refusal := s.newKey(text, "root", component, "root")
		if refusal != nil {
			return refusal
		}
		fresh = append(fresh, one)
	}
	for _, one := range s.keys {
		if one.tier == "root" && one.component == component && one.ended == never {
			one.ended = s.index
		}
	}
	for _, one := range fresh {
		s.keys[one.id] = one
	}
	open.status = "restored"
	return nil
}

// openClaim is the component's open claim, where the statement refers to it.
func (s *state) openClaim(l *leaf, component string) (*claim, *Refusal) {
	named := ""
	for _, item := range l.refs {
		if ref := item.(object); ref["rel"] == "claim" && named == "" {
			named, _ = ref["sha256"].(string)
		}
	}
	if one := s.claims[component]; one != nil && one.status == "open" && one.id == named {
		return one, nil
	}
	return nil, refuse("recovery.none", component)
}
