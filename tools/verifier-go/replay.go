package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

const (
	eightHours = 8 * 3600 * 1_000_000
	rootQuorum = 2
	never      = int64(-1)
)

type key struct {
	id, tier, component, holder string
	public                      []byte
	ended                       int64
	until                       int64
}

type officer struct {
	roles []string
	keyID string
}

type signature struct {
	index              int64
	component, officer string
}

type act struct {
	id, kind, subject, component string
	revision, deadline           int64
	signatures                   []signature
	status                       string
	closedAt                     int64
	body                         object
}

// ActLine is what the answer says of one statement that needs both components.
type ActLine struct {
	Statement  string   `json:"statement"`
	Kind       string   `json:"kind"`
	Subject    string   `json:"subject"`
	Status     string   `json:"status"`
	Signatures []string `json:"signatures"`
}

type quorum struct {
	keys     map[string]string
	complete bool
}

// state is what the leaves so far have established.
type state struct {
	tree        *tree
	index       int64
	founded     bool
	foundingID  string
	origin      string
	exercise    bool
	demo        bool
	watch       int64
	shortest    int64
	components  []string
	keys        map[string]*key
	officers    map[string]*officer
	acts        map[string]*act
	order       []string
	statements  map[string]bool
	quorums     map[string]*quorum
	kinds       map[string]rule
	machineTime int64
	rules       *policy
	// recoveryDelay is never where the founding allows no claim to new roots.
	recoveryDelay int64
	claims        map[string]*claim
	logKeys       []*logKey
	lastCosigned  int64
	resealed      []resealing
}

func newState(t *tree) *state {
	return &state{tree: t, keys: map[string]*key{}, officers: map[string]*officer{}, acts: map[string]*act{},
		statements: map[string]bool{}, quorums: map[string]*quorum{}, kinds: standardKinds(), machineTime: -1 << 62,
		recoveryDelay: never, claims: map[string]*claim{}, lastCosigned: never}
}

// replay takes leaf by leaf; one that is refused keeps its place in the tree and has no effect.
func (s *state) replay(leaves [][]byte) []Finding {
	var findings []Finding
	for i, data := range leaves {
		s.index = int64(i)
		l, refusal := readLeaf(data)
		if refusal == nil {
			refusal = s.take(l)
		}
		if refusal != nil {
			findings = append(findings, at("leaf.refused", s.index, refusal.Code))
		}
	}
	return findings
}

func (s *state) take(l *leaf) *Refusal {
	if !s.founded {
		return s.found(l)
	}
	if l.origin != s.origin {
		return refuse("origin.wrong", l.origin)
	}
	signer, known := s.keys[l.keyID]
	if !known {
		return refuse("key.unenrolled", l.keyID)
	}
	if signer.ended != never {
		return refuse("key.revoked", l.keyID)
	}
	r, known := s.kinds[l.kind]
	if !known {
		return refuse("kind.unknown", l.kind)
	}
	accepting := r.act == "founding" && l.id == s.foundingID && signer.tier == "root"
	if !accepting && !strongEnough(r, signer.tier) {
		return refuse("tier."+r.tier+"-under-"+signer.tier, "")
	}
	if refusal := checkSignature(signer.public, l.signed, l.signature); refusal != nil {
		return refusal
	}
	if accepting {
		_, refusal := s.gather(l, signer, s.components)
		return refusal
	}
	if r.act == "founding" {
		return refuse("founding.second", "")
	}
	if refusal := s.checkCircumstances(l, r, signer); refusal != nil {
		return refusal
	}
	if refusal := s.dispatch(l, r, signer); refusal != nil {
		return refusal
	}
	if signer.tier == "machine" && l.at > s.machineTime {
		s.machineTime = l.at
	}
	return nil
}

func strongEnough(r rule, tier string) bool {
	switch r.act {
	case "session-end":
		return tier == "machine" || tier == "session" || tier == "binding"
	case "root-claim":
		return tier == "root" || tier == "binding"
	}
	return r.tier == tier || (r.tier == "session" && tier == "binding")
}

func (s *state) checkCircumstances(l *leaf, r rule, signer *key) *Refusal {
	if signer.until != never {
		latest := l.at
		if s.machineTime-s.watch > latest {
			latest = s.machineTime - s.watch
		}
		if latest > signer.until {
			return refuse("key.expired", "")
		}
	}
	if r.act != "joint" && r.tier != "root" {
		if l.component != signer.component {
			return refuse("component.wrong", l.component)
		}
		if l.role != signer.holder {
			return refuse("role.wrong", l.role)
		}
	}
	if r.tier == "root" && l.role != "root" {
		return refuse("role.wrong", l.role)
	}
	if refusal := s.checkNode(r, signer); refusal != nil {
		return refusal
	}
	if refusal := s.checkParty(r, signer); refusal != nil {
		return refusal
	}
	held := s.officers[signer.component+"/"+signer.holder]
	if r.byHeads && (held == nil || !isHead(held.roles)) {
		return refuse("role.not-allowed", signer.holder)
	}
	return s.checkAnchor(l)
}

// isHead: who commits a component.
func isHead(roles []string) bool {
	return contains(roles, "head-of-component") || contains(roles, "deputy-head")
}

// checkNode: nobody stands before a node when it signs, so that it signs routine statements only.
func (s *state) checkNode(r rule, signer *key) *Refusal {
	held := s.officers[signer.component+"/"+signer.holder]
	if signer.tier == "root" || held == nil || !contains(held.roles, "node") {
		return nil
	}
	if r.tier == "session" && (r.act == "plain" || r.act == "session-end") {
		return nil
	}
	return refuse("node.binding", signer.holder)
}

// checkParty: the liaison of a party speaks through a component and is none of its two keys.
func (s *state) checkParty(r rule, signer *key) *Refusal {
	held := s.officers[signer.component+"/"+signer.holder]
	if signer.tier == "root" || held == nil {
		return nil
	}
	for _, role := range held.roles {
		if strings.HasPrefix(role, "party:") && !contains([]string{"plain", "session-enrolment", "session-end", "officer-rotation"}, r.act) {
			return refuse("party.binding", signer.holder)
		}
	}
	return nil
}

// checkOfficerName: no name that another component has enrolled, and none that begins with another's code and a dash.
func (s *state) checkOfficerName(component, name string) *Refusal {
	owner, longest := component, -1
	for _, one := range s.components {
		if strings.HasPrefix(name, one+"-") && len(one) > longest {
			owner, longest = one, len(one)
		}
		if s.officers[one+"/"+name] != nil {
			owner = one
			break
		}
	}
	if owner != component {
		return refuse("officer.name-of-other", name)
	}
	return nil
}

func (s *state) checkAnchor(l *leaf) *Refusal {
	if l.anchorSize > s.index {
		return refuse("anchor.future", strconv.FormatInt(l.anchorSize, 10))
	}
	root, ok := s.tree.rootAt(l.anchorSize)
	if !ok || hexOf(root[:]) != l.anchorRoot {
		return refuse("anchor.root", l.anchorRoot)
	}
	return nil
}

func (s *state) found(l *leaf) *Refusal {
	if l.kind != "log.founded" {
		return refuse("founding.missing", l.kind)
	}
	if l.component != "centre" || l.role != "centre" {
		return refuse("founding.malformed", "")
	}
	exercise, ok1 := l.body["exercise"].(bool)
	demo, ok2 := l.body["demonstration"].(bool)
	if !ok1 || !ok2 || exercise != strings.HasPrefix(l.origin, "exercise.") || (demo && !exercise) {
		return refuse("founding.exercise", l.origin)
	}
	machine, refusal := s.newKey(fmt.Sprint(l.body["machineKey"]), "machine", "centre", "centre")
	if refusal != nil {
		return refusal
	}
	if machine.id != l.keyID {
		return refuse("key.unenrolled", l.keyID)
	}
	if refusal := checkSignature(machine.public, l.signed, l.signature); refusal != nil {
		return refusal
	}
	s.keys[machine.id] = machine
	components, _ := l.body["components"].([]interface{})
	if len(components) < 2 {
		return refuse("statement.body", "body.components")
	}
	for _, item := range components {
		component, _ := item.(object)
		id, _ := component["id"].(string)
		roots, _ := component["roots"].([]interface{})
		if !identifier.MatchString(id) || len(roots) != 3 {
			return refuse("statement.body", "body.components")
		}
		s.components = append(s.components, id)
		for _, root := range roots {
			entry, refusal := s.newKey(fmt.Sprint(root), "root", id, "root")
			if refusal != nil {
				return refusal
			}
			s.keys[entry.id] = entry
		}
	}
	s.watch = eightHours
	if seconds, ok := l.body["watchSeconds"].(int64); ok {
		s.watch = seconds * 1_000_000
	}
	if seconds, ok := l.body["shortestAnswerSeconds"].(int64); ok {
		s.shortest = seconds * 1_000_000
	}
	if refusal := s.readRecoveryDelay(l, exercise); refusal != nil {
		return refusal
	}
	if refusal := s.foundLogKey(l); refusal != nil {
		return refusal
	}
	if cosigners, given := l.body["cosigners"]; given {
		body, ok := cosigners.(object)
		if !ok {
			return refuse("statement.body", "body.cosigners")
		}
		if s.rules, refusal = readRules(body, l.origin, s.components); refusal != nil {
			return refusal
		}
	}
	if kinds, ok := l.body["kinds"]; ok {
		if refusal := extend(s.kinds, kinds); refusal != nil {
			return refusal
		}
	}
	s.founded, s.foundingID, s.origin, s.exercise, s.demo = true, l.id, l.origin, exercise, demo
	s.quorums[l.id] = &quorum{keys: map[string]string{}}
	s.machineTime = l.at
	return s.checkAnchor(l)
}

// newKey reads a key that a statement brings in; it must be new to the log.
func (s *state) newKey(text, tier, component, holder string) (*key, *Refusal) {
	public, refusal := publicKey(text)
	if refusal != nil {
		return nil, refusal
	}
	if refusal := checkEnrolled(public); refusal != nil {
		return nil, refusal
	}
	sum := sha256Of(public)
	id := hexOf(sum[:])
	if _, known := s.keys[id]; known {
		return nil, refuse("key.already-enrolled", id)
	}
	return &key{id: id, tier: tier, component: component, holder: holder, public: public, ended: never, until: never}, nil
}

// possession: the new key itself signs who holds it, where, and a recent root.
func (s *state) possession(l *leaf, holder string) *Refusal {
	text, refusal := l.text("key")
	if refusal != nil {
		return refusal
	}
	proof, refusal := l.text("possession")
	if refusal != nil {
		return refusal
	}
	return s.possessionOf(l, holder, text, proof)
}

func (s *state) possessionOf(l *leaf, holder, text, proof string) *Refusal {
	public, refusal := publicKey(text)
	if refusal != nil {
		return refusal
	}
	if refusal := checkPoint(public, "key"); refusal != nil {
		return refusal
	}
	sig, err := strictBase64(proof)
	message := fmt.Sprintf("openjmc key possession v1\n%s\n%s\n%s\n%s\n%s\n", s.origin, l.component, holder, l.anchorRoot, text)
	if err != nil || !verifyStrict(public, []byte(message), sig) {
		return refuse("key.possession", text)
	}
	return nil
}

// publicKey reads 32 bytes in lower-case hexadecimal.
func publicKey(text string) ([]byte, *Refusal) {
	public, err := hex.DecodeString(text)
	if err != nil || len(public) != 32 || strings.ToLower(text) != text {
		return nil, refuse("hex.malformed", text)
	}
	return public, nil
}

func (s *state) dispatch(l *leaf, r rule, signer *key) *Refusal {
	switch r.act {
	case "joint":
		return s.joint(l, signer)
	case "officer-enrolment", "officer-revocation", "officer-suspicion", "root-replacement", "root-act":
		return s.byRoots(l, signer, []string{l.component}, r.act)
	case "centre-rekeying":
		return s.byRoots(l, signer, s.components, r.act)
	case "root-claim":
		return s.claimRoots(l, signer)
	}
	if s.statements[l.id] {
		return refuse("leaf.duplicate", l.id)
	}
	refusal := s.single(l, r, signer)
	if refusal == nil {
		s.statements[l.id] = true
	}
	return refusal
}

func (s *state) single(l *leaf, r rule, signer *key) *Refusal {
	switch r.act {
	case "dissent", "withdrawal", "lapse":
		return s.closeAct(l, r.act, signer)
	case "session-enrolment":
		return s.enrolSession(l, signer)
	case "session-end":
		return s.endSession(l, signer)
	case "root-contest":
		return s.contestRoots(l, signer)
	case "root-restoration":
		return s.restoreRoots(l)
	case "cosigned-checkpoint":
		return s.takeCosigned(l)
	case "plain":
		if l.kind == "record.resealed" {
			s.resealed = append(s.resealed, resealing{s.index, l.body["size"], l.body["sha512"]})
		}
	case "officer-rotation":
		return s.giveKey(l, signer.holder, s.officers[signer.component+"/"+signer.holder].roles)
	}
	return nil
}

// byRoots: the first signature is checked as if it were the last, the last one takes effect.
func (s *state) byRoots(l *leaf, signer *key, components []string, what string) *Refusal {
	if s.quorums[l.id] == nil {
		if refusal := s.rootAct(l, what, false); refusal != nil {
			return refusal
		}
	}
	complete, refusal := s.gather(l, signer, components)
	if refusal != nil || !complete {
		return refusal
	}
	if refusal := s.rootAct(l, what, true); refusal != nil {
		delete(s.quorums[l.id].keys, signer.id)
		s.quorums[l.id].complete = false
		return refusal
	}
	return nil
}

func (s *state) gather(l *leaf, signer *key, components []string) (bool, *Refusal) {
	q := s.quorums[l.id]
	if q == nil {
		q = &quorum{keys: map[string]string{}}
	}
	if signer.tier != "root" || !contains(components, signer.component) {
		return false, refuse("component.wrong", signer.component)
	}
	if _, known := q.keys[signer.id]; known {
		return false, refuse("root.same-key", signer.id)
	}
	if q.complete {
		return false, refuse("root.already-complete", l.id)
	}
	q.keys[signer.id] = signer.component
	counts := map[string]int{}
	for id, component := range q.keys {
		// What a stolen root has signed is not completed by another once it was replaced.
		if s.keys[id].ended == never {
			counts[component]++
		}
	}
	q.complete = true
	for _, component := range components {
		q.complete = q.complete && counts[component] >= rootQuorum
	}
	s.quorums[l.id] = q
	return q.complete, nil
}

// rootAct checks what roots do, on copies of what it changes, and keeps these where it is to be done.
func (s *state) rootAct(l *leaf, what string, do bool) *Refusal {
	keys, officers, logKeys := s.keys, s.officers, s.logKeys
	s.keys, s.officers, s.logKeys = map[string]*key{}, map[string]*officer{}, nil
	for id, one := range keys {
		copied := *one
		s.keys[id] = &copied
	}
	for id, one := range officers {
		copied := *one
		s.officers[id] = &copied
	}
	for _, one := range logKeys {
		copied := *one
		s.logKeys = append(s.logKeys, &copied)
	}
	refusal := s.carryOut(l, what)
	if refusal != nil || !do {
		s.keys, s.officers, s.logKeys = keys, officers, logKeys
	}
	return refusal
}

func (s *state) carryOut(l *leaf, what string) *Refusal {
	switch what {
	case "officer-enrolment":
		name, _ := l.body["officer"].(string)
		if !identifier.MatchString(name) || name == "centre" || name == "root" {
			return refuse("statement.body", "body.officer")
		}
		if refusal := s.checkOfficerName(l.component, name); refusal != nil {
			return refusal
		}
		if l.body["demonstration"] == true && !s.demo {
			return refuse("key.demonstration", name)
		}
		roles, refusal := rolesOf(l.body["roles"])
		if refusal != nil {
			return refusal
		}
		return s.giveKey(l, name, roles)
	case "officer-revocation":
		name, _ := l.body["officer"].(string)
		held := s.officers[l.component+"/"+name]
		if held == nil || held.keyID == "" {
			return refuse("officer.unknown", name)
		}
		if refusal := s.checkSuspectFrom(l, false); refusal != nil {
			return refusal
		}
		s.endKeysOf(l.component, name)
		held.keyID = ""
		return nil
	case "officer-suspicion":
		return s.suspectOfficer(l)
	case "root-replacement":
		removed, _ := l.body["removes"].(string)
		old := s.keys[removed]
		if old == nil || old.tier != "root" || old.component != l.component || old.ended != never {
			return refuse("statement.body", "body.removes")
		}
		return s.bringIn(l, "root", l.component, "root", []*key{old})
	case "centre-rekeying":
		var old []*key
		for _, one := range s.keys {
			if one.tier == "machine" && one.ended == never {
				old = append(old, one)
			}
		}
		if refusal := s.bringIn(l, "machine", "centre", "centre", old); refusal != nil {
			return refusal
		}
		if refusal := s.checkSuspectFrom(l, false); refusal != nil {
			return refusal
		}
		return s.replaceLogKey(l)
	}
	return nil
}

func (s *state) bringIn(l *leaf, tier, component, holder string, old []*key) *Refusal {
	if refusal := s.possession(l, holder); refusal != nil {
		return refusal
	}
	text, refusal := l.text("key")
	if refusal != nil {
		return refusal
	}
	fresh, refusal := s.newKey(text, tier, component, holder)
	if refusal != nil {
		return refusal
	}
	for _, one := range old {
		one.ended = s.index
	}
	s.keys[fresh.id] = fresh
	return nil
}

func rolesOf(value interface{}) ([]string, *Refusal) {
	list, ok := value.([]interface{})
	if !ok || len(list) == 0 {
		return nil, refuse("statement.body", "body.roles")
	}
	var roles []string
	for _, item := range list {
		if !isText(item, identifier) {
			return nil, refuse("statement.body", "body.roles")
		}
		roles = append(roles, item.(string))
	}
	return roles, nil
}

func (s *state) giveKey(l *leaf, name string, roles []string) *Refusal {
	if refusal := s.possession(l, name); refusal != nil {
		return refusal
	}
	text, _ := l.text("key")
	fresh, refusal := s.newKey(text, "binding", l.component, name)
	if refusal != nil {
		return refusal
	}
	s.endKeysOf(l.component, name)
	s.keys[fresh.id] = fresh
	s.officers[l.component+"/"+name] = &officer{roles: roles, keyID: fresh.id}
	return nil
}

// endKeysOf: an officer's own key ends, and the sessions that were opened with it.
func (s *state) endKeysOf(component, name string) {
	for _, one := range s.keys {
		if one.component == component && one.holder == name && one.tier != "root" && one.ended == never {
			one.ended = s.index
		}
	}
}

// suspectOfficer: what the marks are good for is not told here; that they are well stated is checked.
func (s *state) suspectOfficer(l *leaf) *Refusal {
	name, refusal := l.text("officer")
	if refusal != nil {
		return refusal
	}
	held, named := false, false
	for _, one := range s.keys {
		if one.component == l.component && one.holder == name && (one.tier == "binding" || one.tier == "session") {
			held = true
			named = named || one.id == l.body["key"]
		}
	}
	if !held {
		return refuse("officer.unknown", name)
	}
	if _, given := l.body["key"]; given && !named {
		return refuse("key.unenrolled", name)
	}
	return first(required(l, "reason"), s.checkSuspectFrom(l, true))
}

// checkSuspectFrom: where given, an entry of the log so far.
func (s *state) checkSuspectFrom(l *leaf, needed bool) *Refusal {
	value, given := l.body["suspectFrom"]
	from, fits := value.(int64)
	if (needed && !given) || (given && (!fits || from < 0 || from > s.index)) {
		return refuse("statement.body", "body.suspectFrom")
	}
	return nil
}

func (s *state) enrolSession(l *leaf, signer *key) *Refusal {
	until, ok := parseTime(l.body["until"])
	if !ok {
		return refuse("statement.time", "body.until")
	}
	if until <= l.at || until-l.at > s.watch {
		return refuse("session.too-long", "")
	}
	if refusal := s.possession(l, signer.holder); refusal != nil {
		return refusal
	}
	text, _ := l.text("key")
	fresh, refusal := s.newKey(text, "session", signer.component, signer.holder)
	if refusal != nil {
		return refusal
	}
	fresh.until = until
	s.keys[fresh.id] = fresh
	return nil
}

func (s *state) endSession(l *leaf, signer *key) *Refusal {
	id, refusal := l.text("session")
	if refusal != nil {
		return refusal
	}
	session := s.keys[id]
	if session == nil || session.tier != "session" || session.ended != never {
		return refuse("session.unknown", id)
	}
	own := session.component == signer.component && session.holder == signer.holder
	if !own && signer.tier != "machine" {
		return refuse("role.wrong", signer.holder)
	}
	session.ended = s.index
	return nil
}

func (s *state) actsOn(l *leaf) []*act {
	var found []*act
	for _, id := range s.order {
		if one := s.acts[id]; one.kind == l.kind && one.subject == l.subject {
			found = append(found, one)
		}
	}
	return found
}

// joint is the two-key rule: a proposal, or one more signature over the very same bytes.
func (s *state) joint(l *leaf, signer *key) *Refusal {
	if l.kind == "cosigners.named" {
		rules, refusal := readRules(l.body, s.origin, s.components)
		if refusal != nil {
			return refusal
		}
		if key := s.logKeyNow(); key != nil && !bytes.Equal(key.public, rules.logs[0].key) {
			return refuse("policy.log", key.id)
		}
		if refusal := s.checkSuspectCosigners(l); refusal != nil {
			return refusal
		}
	}
	if known := s.acts[l.id]; known != nil {
		return s.countersign(l, signer, known)
	}
	if l.component != signer.component {
		for _, one := range s.actsOn(l) {
			if one.component == l.component {
				return refuse("joint.other-text", l.id)
			}
		}
		return refuse("joint.no-proposal", l.id)
	}
	if l.role != signer.holder {
		return refuse("role.wrong", l.role)
	}
	return s.propose(l, signer)
}

func (s *state) propose(l *leaf, signer *key) *Refusal {
	last := int64(-1)
	for _, one := range s.actsOn(l) {
		if one.component == l.component && one.revision > last {
			last = one.revision
		}
	}
	if l.revision <= last {
		return refuse("joint.revision", "")
	}
	deadline := never
	if value, given := l.body["deadline"]; given {
		var ok bool
		if deadline, ok = parseTime(value); !ok {
			return refuse("statement.time", "body.deadline")
		}
		from := l.at
		if s.machineTime > from {
			from = s.machineTime
		}
		if deadline < from+s.shortest && s.shortest > 0 {
			return refuse("joint.deadline-near", "")
		}
	}
	if l.kind == "kinds.extended" {
		if refusal := extend(copyKinds(s.kinds), l.body["kinds"]); refusal != nil {
			return refusal
		}
	}
	for _, one := range s.actsOn(l) {
		if one.component == l.component && one.status == "proposed" {
			one.status, one.closedAt = "superseded", s.index
		}
	}
	s.acts[l.id] = &act{id: l.id, kind: l.kind, subject: l.subject, component: l.component, revision: l.revision, deadline: deadline,
		signatures: []signature{{s.index, signer.component, signer.holder}}, status: "proposed", body: l.body}
	s.order = append(s.order, l.id)
	return nil
}

func (s *state) countersign(l *leaf, signer *key, known *act) *Refusal {
	for _, sig := range known.signatures {
		if sig.component == signer.component && sig.officer == signer.holder {
			return refuse("joint.same-officer", signer.holder)
		}
	}
	for _, sig := range known.signatures {
		if sig.component == signer.component {
			return refuse("joint.same-component", signer.holder)
		}
	}
	if refusal := known.requireOpen(); refusal != nil {
		return refusal
	}
	known.signatures = append(known.signatures, signature{s.index, signer.component, signer.holder})
	if len(known.signatures) < len(s.components) {
		return nil
	}
	for _, one := range s.actsOn(l) {
		if one.id != known.id && one.status == "proposed" {
			one.status, one.closedAt = "superseded", s.index
		}
	}
	known.status, known.closedAt = "joint", s.index
	switch l.kind {
	case "kinds.extended":
		return extend(s.kinds, l.body["kinds"])
	case "cosigners.named":
		s.rules, _ = readRules(l.body, s.origin, s.components)
	}
	return nil
}

func (a *act) requireOpen() *Refusal {
	switch a.status {
	case "proposed":
		return nil
	case "joint":
		return refuse("joint.already-joint", a.id)
	}
	return refuse("joint."+a.status, a.id)
}

func (s *state) closeAct(l *leaf, how string, signer *key) *Refusal {
	id, refusal := l.proposal()
	if refusal != nil {
		return refusal
	}
	target := s.acts[id]
	if target == nil {
		return refuse("joint.no-proposal", id)
	}
	r := s.kinds[target.kind]
	wanted := map[string]string{"dissent": r.dissent, "withdrawal": r.withdrawal, "lapse": r.lapse}[how]
	if wanted != l.kind {
		return refuse("kind.wrong", l.kind)
	}
	if target.subject != l.subject {
		return refuse("joint.subject", l.subject)
	}
	status := map[string]string{"dissent": "split", "withdrawal": "withdrawn", "lapse": "one-sided"}[how]
	switch how {
	case "dissent":
		if signer.component == target.component {
			return refuse("joint.own-dissent", signer.component)
		}
		refusal = first(target.requireOpen(), required(l, "text"))
	case "withdrawal":
		if signer.component != target.component {
			return refuse("component.wrong", signer.component)
		}
		refusal = first(target.requireOpen(), required(l, "reason"))
	case "lapse":
		refusal = target.requireOpen()
		if refusal == nil && target.deadline == never {
			refusal = refuse("lapse.no-deadline", id)
		}
		if refusal == nil && l.at <= target.deadline {
			refusal = refuse("lapse.early", id)
		}
	}
	if refusal == nil {
		target.status, target.closedAt = status, s.index
	}
	return refusal
}

func required(l *leaf, name string) *Refusal {
	_, refusal := l.text(name)
	return refusal
}

func first(refusals ...*Refusal) *Refusal {
	for _, one := range refusals {
		if one != nil {
			return one
		}
	}
	return nil
}

func contains(list []string, wanted string) bool {
	for _, one := range list {
		if one == wanted {
			return true
		}
	}
	return false
}

func copyKinds(kinds map[string]rule) map[string]rule {
	copied := map[string]rule{}
	for kind, r := range kinds {
		copied[kind] = r
	}
	return copied
}

func (s *state) actLines() []ActLine {
	var lines []ActLine
	for _, id := range s.order {
		one := s.acts[id]
		line := ActLine{Statement: id, Kind: one.kind, Subject: one.subject, Status: one.status}
		for _, sig := range one.signatures {
			line.Signatures = append(line.Signatures, fmt.Sprintf("%d %s/%s", sig.index, sig.component, sig.officer))
		}
		lines = append(lines, line)
	}
	return lines
}
