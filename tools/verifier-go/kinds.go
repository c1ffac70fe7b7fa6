package main

import "strings"

// rule says who may sign a kind and what it does.
type rule struct {
	tier, act                  string
	dissent, withdrawal, lapse string
	// byHeads: each officer who signs must be a head of his component or the deputy.
	byHeads bool
}

func standardKinds() map[string]rule {
	finding := rule{tier: "binding", act: "joint", dissent: "finding.dissented", withdrawal: "finding.withdrawn", lapse: "finding.lapsed"}
	joint := rule{tier: "binding", act: "joint", dissent: "act.dissented", withdrawal: "act.withdrawn", lapse: "act.lapsed"}
	byHeads := joint
	byHeads.byHeads = true
	kinds := map[string]rule{
		"log.founded":         {tier: "machine", act: "founding"},
		"log.rekeyed":         {tier: "root", act: "centre-rekeying"},
		"root.replaced":       {tier: "root", act: "root-replacement"},
		"officer.enrolled":    {tier: "root", act: "officer-enrolment"},
		"officer.revoked":     {tier: "root", act: "officer-revocation"},
		"officer.suspected":   {tier: "root", act: "officer-suspicion"},
		"roots.claimed":       {tier: "root", act: "root-claim"},
		"roots.contested":     {tier: "root", act: "root-contest"},
		"roots.restored":      {tier: "machine", act: "root-restoration"},
		"officer.rotated":     {tier: "binding", act: "officer-rotation"},
		"session.enrolled":    {tier: "binding", act: "session-enrolment"},
		"session.ended":       {tier: "session", act: "session-end"},
		"finding.proposed":    finding,
		"finding.dissented":   {tier: "binding", act: "dissent"},
		"finding.withdrawn":   {tier: "binding", act: "withdrawal"},
		"finding.lapsed":      {tier: "machine", act: "lapse"},
		"act.dissented":       {tier: "binding", act: "dissent"},
		"act.withdrawn":       {tier: "binding", act: "withdrawal"},
		"act.lapsed":          {tier: "machine", act: "lapse"},
		"report.approved":     joint,
		"mission.configured":  byHeads,
		"allegation.closed":   joint,
		"handover.signed":     joint,
		"kinds.extended":      joint,
		"centre.closed":       byHeads,
		"cosigners.named":     byHeads,
		"source.keyed":        joint,
		"checkpoint.cosigned": {tier: "machine", act: "cosigned-checkpoint"},
		"room.keyed":          {tier: "root", act: "root-act"},
	}
	for _, kind := range []string{"roster.imported", "participation.stated"} {
		kinds[kind] = rule{tier: "binding", act: "plain", byHeads: true}
	}
	for _, kind := range []string{"centre.opened", "centre.suspended", "centre.resumed", "closure.planned", "closure.disposed",
		"monitoring.ended"} {
		kinds[kind] = byHeads
	}
	for _, kind := range []string{"annotation.made", "post.declared", "presence.stated", "rotation.declared",
		"strength.declared", "visit.answered", "visit.reported", "visit.requested", "watch.planned", "text.received", "reading.judged", "claim.stated", "value.adopted"} {
		kinds[kind] = rule{tier: "session", act: "plain"}
	}
	dismissed := joint
	dismissed.tier = "session"
	for _, kind := range []string{"alarm.held", "alert.dismissed", "flash.sent", "escalation.begun"} {
		kinds[kind] = dismissed
	}
	for _, kind := range []string{"alert.raised", "alert.grown", "alert.ended", "centre.started", "centre.stopped", "event.settled",
		"export.made", "flight.flown", "heads.called", "input.refused", "message.delivered", "report.frozen", "original.read", "record.resealed", "recordings.removed", "recordings.sealed", "source.stated", "time.stamped"} {
		kinds[kind] = rule{tier: "machine", act: "plain"}
	}
	for _, kind := range []string{"account.preferred", "alert.acknowledged", "allegation.admitted", "allegation.answered", "allegation.completed", "allegation.documented",
		"allegation.joined", "allegation.questioned", "allegation.received", "allegation.withdrawn", "amendment.recorded",
		"casualties.stated", "collection.answered", "collection.reported", "collection.requested", "conclusion.stated", "consent.recorded", "coordination.answered", "coordination.requested", "custody.stated", "disclosed",
		"evidence.attached", "evidence.graded", "fact.stated", "flight.notified", "followup.recorded", "hotline.logged",
		"hotline.summarised", "incident.closed", "incident.led", "incident.linked", "incident.noted", "incident.opened",
		"incident.planned", "key.destroyed", "list.submitted", "movement.notified", "notice.acknowledged", "notice.compared",
		"notice.recorded", "protest.answered", "protest.lodged", "return-fire.declared", "sealed", "sighting.reported",
		"sortie.answered", "sortie.reported", "sortie.requested", "source.added", "source.tied", "statement.withdrawn", "tap.compared", "warning.raised", "warning.resolved"} {
		kinds[kind] = rule{tier: "session", act: "plain"}
	}
	for _, kind := range []string{"access.resolved", "access.restricted", "alarm.restored", "alert.assessed", "damage.stated", "escalation.answered", "escalation.ended",
		"report.annexed", "report.distributed", "interference.ended", "interference.reported", "own-act.declared", "silence.agreed", "silence.breached", "silence.guaranteed"} {
		kinds[kind] = rule{tier: "session", act: "plain"}
	}
	return kinds
}

// KindLine is what -kinds says of one kind.
type KindLine struct {
	Tier    string `json:"tier"`
	Act     string `json:"act"`
	Closed  string `json:"closedBy"`
	ByHeads bool   `json:"byHeads"`
}

func kindLines() map[string]KindLine {
	lines := map[string]KindLine{}
	for kind, r := range standardKinds() {
		closed := strings.TrimSpace(r.dissent + " " + r.withdrawal + " " + r.lapse)
		lines[kind] = KindLine{r.tier, r.act, closed, r.byHeads}
	}
	return lines
}

// extend adds kinds that a log brings itself; none that is there may be changed.
func extend(kinds map[string]rule, value interface{}) *Refusal {
	list, ok := value.([]interface{})
	if !ok {
		return refuse("statement.body", "body.kinds")
	}
	for _, item := range list {
		entry, _ := item.(object)
		kind, _ := entry["kind"].(string)
		tier, _ := entry["tier"].(string)
		joint, _ := entry["joint"].(bool)
		if _, taken := kinds[kind]; taken {
			return refuse("kind.taken", kind)
		}
		added := rule{tier: tier, act: "plain"}
		if joint {
			added = rule{tier: tier, act: "joint", dissent: "act.dissented", withdrawal: "act.withdrawn", lapse: "act.lapsed"}
		}
		kinds[kind] = added
	}
	return nil
}
