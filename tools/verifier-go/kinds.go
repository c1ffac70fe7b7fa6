package main

// rule says who may sign a kind and what it does.
type rule struct {
	tier, act                  string
	dissent, withdrawal, lapse string
	// role: where given, the officer must hold it.
	role string
	// roleIfHeld: where an officer of the component has it and can sign, it must be such a one.
	roleIfHeld string
}

// GAP: a component's recovery of lost root keys (roots.claimed, .contested, .restored) is not replayed here: a log that holds
// one is refused, loudly, as kind.unsupported. Closed by writing out its ceremony as the centre's replay has it.
func standardKinds() map[string]rule {
	finding := rule{tier: "binding", act: "joint", dissent: "finding.dissented", withdrawal: "finding.withdrawn", lapse: "finding.lapsed"}
	joint := rule{tier: "binding", act: "joint", dissent: "act.dissented", withdrawal: "act.withdrawn", lapse: "act.lapsed"}
	byHeads := joint
	byHeads.role = "head-of-component"
	byHeadsIfAny := joint
	byHeadsIfAny.roleIfHeld = "head-of-component"
	kinds := map[string]rule{
		"log.founded":         {tier: "machine", act: "founding"},
		"log.rekeyed":         {tier: "root", act: "centre-rekeying"},
		"root.replaced":       {tier: "root", act: "root-replacement"},
		"officer.enrolled":    {tier: "root", act: "officer-enrolment"},
		"officer.revoked":     {tier: "root", act: "officer-revocation"},
		"officer.suspected":   {tier: "root", act: "root-act"},
		"roots.claimed":       {tier: "root", act: "unsupported"},
		"roots.contested":     {tier: "root", act: "unsupported"},
		"roots.restored":      {tier: "machine", act: "unsupported"},
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
		"mission.configured":  byHeadsIfAny,
		"allegation.closed":   joint,
		"handover.signed":     joint,
		"kinds.extended":      joint,
		"centre.closed":       joint,
		"cosigners.named":     byHeads,
		"source.keyed":        joint,
		"checkpoint.cosigned": {tier: "machine", act: "plain"},
		"room.keyed":          {tier: "root", act: "root-act"},
	}
	for _, kind := range []string{"roster.imported", "participation.stated"} {
		kinds[kind] = rule{tier: "binding", act: "plain"}
	}
	for _, kind := range []string{"centre.opened", "centre.suspended", "centre.resumed", "closure.planned", "closure.disposed",
		"monitoring.ended"} {
		kinds[kind] = joint
	}
	for _, kind := range []string{"annotation.made", "post.declared", "presence.stated", "rotation.declared",
		"strength.declared", "watch.planned"} {
		kinds[kind] = rule{tier: "session", act: "plain"}
	}
	dismissed := joint
	dismissed.tier = "session"
	kinds["alert.dismissed"] = dismissed
	for _, kind := range []string{"alert.raised", "alert.grown", "alert.ended", "centre.started", "centre.stopped", "event.settled",
		"export.made", "input.refused", "original.read", "recordings.removed", "recordings.sealed", "source.stated", "time.stamped"} {
		kinds[kind] = rule{tier: "machine", act: "plain"}
	}
	for _, kind := range []string{"alert.acknowledged", "allegation.admitted", "allegation.answered", "allegation.completed",
		"allegation.joined", "allegation.questioned", "allegation.received", "allegation.withdrawn", "amendment.recorded",
		"casualties.stated", "conclusion.stated", "consent.recorded", "coordination.answered", "coordination.requested", "disclosed",
		"evidence.attached", "evidence.graded", "fact.stated", "flight.notified", "followup.recorded", "hotline.logged",
		"hotline.summarised", "incident.closed", "incident.led", "incident.linked", "incident.noted", "incident.opened",
		"incident.planned", "key.destroyed", "list.submitted", "movement.notified", "notice.acknowledged", "notice.compared",
		"notice.recorded", "protest.answered", "protest.lodged", "return-fire.declared", "sealed", "sighting.reported",
		"source.added", "statement.withdrawn", "tap.compared", "warning.raised", "warning.resolved"} {
		kinds[kind] = rule{tier: "session", act: "plain"}
	}
	return kinds
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
