/** What a verification has to say, as codes and values in the order in which a reader wants them; sentences are made elsewhere. */
import { bytesToHex } from "../bytes/hex.ts";
import { type Fault, shown } from "../fault.ts";
import { type Founding, isSuspect, type JointAct, type ReplayState } from "../replay/state.ts";
import type { StatementBody } from "../statement/body.ts";
import { formatStatementTime, parseStatementTime } from "../statement/instant.ts";
import type { RecordVerification } from "../verify/record.ts";
import type { Story, ToldAct } from "../verify/story.ts";
import { foundingAcceptance } from "../verify/succession.ts";
import type { Span } from "../verify/watch.ts";
import type { ArchiveVerification } from "./verify.ts";

/** `good` is as it should be, `notice` is worth knowing, `wrong` does not hold. */
export interface Told {
  readonly tone: "good" | "notice" | "wrong";
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly fault?: Fault;
}

/** Spans shorter than this are not told one by one. */
const SHORTEST_SILENCE = 120_000_000;
const MOST_SPANS = 50;
/** Letters of a statement that are told; the rest is in what `--json` gives. */
const LONGEST_TEXT = 2_000;

/** Everything worth telling, but the entries one by one. Works for a bare record as for an archive. */
export function tell(verification: RecordVerification | ArchiveVerification): Told[] {
  const archive = "files" in verification ? verification : undefined;
  return [
    ...tellHead(verification, archive),
    ...tellState(verification),
    ...tellActs(verification),
    ...tellClock(verification.story),
    ...tellWatch(verification.story),
    ...tellFate(verification.story),
    ...tellOpenings(verification),
    ...tellReseals(verification),
    ...(archive ? tellParts(archive) : []),
    ...verification.findings.map(({ code, values, fault }) => wrong(`wrong.${code}`, values, fault)),
    verification.holds ? good("verify.holds") : wrong("verify.fails", { count: verification.findings.length }),
  ];
}

/** The verdicts on the entries, where they were asked for. */
export function tellEntries(story: Story | undefined): Told[] {
  return (story?.verdicts ?? []).map(
    ({ code, index, kind = "", component = "", holder = "", at = "", effect = "", reason = "" }) => {
      const values = { index, kind, component, holder, at: sayTime(at), effect, reason };
      return code === "entry.holds"
        ? good(code, values)
        : code === "entry.withheld"
          ? notice(code, values)
          : wrong(code, values);
    },
  );
}

function tellHead({ checkpoint, state }: RecordVerification, archive: ArchiveVerification | undefined): Told[] {
  const told: Told[] = [];
  const says = archive?.description;
  if (state?.founding?.exercise ?? says?.exercise) told.push(notice("verify.exercise"));
  if (checkpoint) {
    const { origin, size, root, cosignatures } = checkpoint;
    told.push(good("verify.log", { origin, size, root: bytesToHex(root) }));
    const names = [...new Set(cosignatures.map(({ key }) => key.name))].join(", ");
    told.push(names === "" ? notice("verify.not-cosigned") : good("verify.cosigned", { names }));
  }
  if (!says) return told;
  const values = { withheld: archive?.story?.withheld ?? says.withheldEntries, party: says.party ?? "" };
  told.push(notice(`verify.level-${says.level}`, values));
  told.push(notice("verify.made", { at: sayTime(says.madeAt), software: says.software }));
  return told;
}

function tellState({ state }: RecordVerification): Told[] {
  const founding = state?.founding;
  if (!state || !founding) return [];
  const sealed = state.sealed.lastOf("joint");
  const components = founding.components.join(", ");
  return [
    good("verify.founded", { at: sayTime(formatStatementTime(founding.at)), components }),
    ...foundingAcceptance(state).map(({ component, signatures, accepted }) =>
      accepted ? good("verify.accepted", { component, signatures }) : notice("verify.not-accepted", { component }),
    ),
    ...tellSuccession(founding),
    good("verify.officers", { count: state.officers.size }),
    ...(sealed
      ? [good("verify.sealed", { size: sealed.size, at: sayTime(formatStatementTime(sealed.time * 1_000_000)) })]
      : []),
    ...state.suspectCosigners.map((one) => notice("verify.cosigner-suspect", { ...one })),
  ];
}

/** What the record succeeds, and who had cosigned the point from which it goes on. */
function tellSuccession({ succeeds }: Founding): Told[] {
  if (!succeeds) return [];
  const { origin, size, cosignatures, reason } = succeeds;
  const names = cosignatures.map(({ key }) => key.name).join(", ");
  const told = good("verify.succeeds", { origin, size, reason });
  return [told, names === "" ? notice("verify.succeeds-unsealed") : good("verify.succeeds-sealed", { names })];
}

/** Each statement that needs both components: what became of it, and each signature under it. */
function tellActs({ state, story }: RecordVerification): Told[] {
  if (!state) return [];
  const told = new Map((story?.acts ?? []).map((act) => [act.index, act]));
  return [...state.acts.values()].flatMap((act) => tellAct(state, act, told));
}

function tellAct(state: ReplayState, act: JointAct, told: ReadonlyMap<number, ToldAct>): Told[] {
  const { kind, subject, status } = act;
  const index = act.closedAt ?? act.signatures[0]!.index;
  const timeOf = (at: number): string => sayTime(told.get(at)?.at ?? "");
  const said = told.get(act.signatures[0]!.index)?.texts ?? [];
  const answer = status === "split" ? (told.get(index)?.texts ?? []) : [];
  return [
    (status === "joint" ? good : notice)(`verify.act-${status}`, { kind, subject, index, at: timeOf(index) }),
    ...said.map(([language, text]) => sayText(language, cut(text))),
    ...answer.map(([language, text]) => notice("verify.act-answer", { language, text: cut(text) })),
    ...act.signatures.map((signature) => {
      const { officer, component } = signature;
      const values = { officer, component, index: signature.index, at: timeOf(signature.index) };
      return isSuspect(state, signature.keyId, signature.index)
        ? notice("verify.signature-suspect", values)
        : good("verify.signature", values);
    }),
  ];
}

/** Acts whose claimed time does not fit what others have signed. */
function tellClock(story: Story | undefined): Told[] {
  const odd = story?.clock.odd ?? [];
  const told = odd.slice(0, MOST_SPANS).map(({ index, kind, component, holder, claimed, oddity, logTime }) => {
    const values = { index, kind, component, officer: holder, claimed: sayTime(claimed), logTime: sayTime(logTime) };
    return notice(ODD_TIMES[oddity], values);
  });
  return odd.length > MOST_SPANS
    ? [...told, notice("verify.late-acts-more", { count: odd.length - MOST_SPANS })]
    : told;
}

const ODD_TIMES = {
  late: "verify.late-act",
  "before-anchor": "verify.before-anchor",
  ahead: "verify.clock-ahead",
} as const;

function tellWatch(story: Story | undefined): Told[] {
  const watch = story?.watch;
  const span = watch?.span;
  if (!watch || !span) return [];
  const told: Told[] = [good("verify.watch", { ...saySpan(span), seals: watch.seals, sources: watch.sources.length })];
  const stopped = watch.unsealed;
  const nobody = watch.unwatched.flatMap((gap) => without(gap, stopped));
  if (stopped.length + nobody.length === 0) told.push(good("verify.always"));
  for (const gap of stopped.slice(0, MOST_SPANS)) told.push(notice("verify.not-running", saySpan(gap)));
  for (const gap of nobody.slice(0, MOST_SPANS)) told.push(notice("verify.nobody", saySpan(gap)));
  for (const source of watch.sources) {
    const silences = watch.silencesOf(source).filter(({ from, until }) => until - from >= SHORTEST_SILENCE);
    for (const gap of silences.slice(0, MOST_SPANS)) told.push(notice("verify.silent", { source, ...saySpan(gap) }));
  }
  return told;
}

/** The parts of a span that lie in none of the others, which are in order. */
function without(span: Span, others: readonly Span[]): Span[] {
  let rest: Span[] = [span];
  for (const { from, until } of others) {
    rest = rest.flatMap((one) => [
      ...(one.from < Math.min(from, one.until) ? [{ from: one.from, until: Math.min(from, one.until) }] : []),
      ...(Math.max(until, one.from) < one.until ? [{ from: Math.max(until, one.from), until: one.until }] : []),
    ]);
  }
  return rest;
}

function tellFate(story: Story | undefined): Told[] {
  return (story?.told ?? []).flatMap(({ index, statement }) => {
    const { kind, at, body } = statement;
    if (kind === "export.made") return [notice("verify.export", { index, at: sayTime(at), level: shown(body.level) })];
    if (kind === "centre.started") return tellProgramme(index, at, body);
    if (kind !== "recordings.removed") return [];
    const values = {
      from: sayTime(shown(body.from)),
      until: sayTime(shown(body.until)),
      rule: shown(body.rule),
      index,
    };
    return [notice("verify.removed", values)];
  });
}

/** What the centre says that it runs. Hashes that it leaves out are told as such. */
function tellProgramme(index: number, at: string, body: StatementBody["body"]): Told[] {
  const hashOf = (name: string): string => (typeof body[name] === "string" ? shown(body[name]) : "–");
  const programme = { version: shown(body.version), runtime: shown(body.runtime), index, at: sayTime(at) };
  const hashes = {
    ...{ lock: hashOf("lockSha256"), sources: hashOf("sourcesSha256") },
    ...{ console: hashOf("consoleSha256"), page: hashOf("verifierPageSha256") },
  };
  return [notice("verify.programme", programme), notice("verify.programme-hashes", hashes)];
}

function tellReseals({ reseals }: RecordVerification): Told[] {
  const { good: sealed = [], unchecked = 0 } = reseals ?? {};
  return [
    ...sealed.map(({ index, size, at }) => good("verify.resealed", { index, size, at: sayTime(at) })),
    ...(unchecked > 0 ? [notice("verify.resealed-not", { count: unchecked })] : []),
  ];
}

/** What was said in private rooms and is disclosed now; and how much is not. */
function tellOpenings({ openings }: RecordVerification): Told[] {
  if (!openings) return [];
  const { opened, closed, stillSealed } = openings;
  return [
    ...opened.flatMap(({ index, disclosedAt, room, statement }) => {
      const { kind, component, role, at } = statement;
      const values = { index, room, disclosed: disclosedAt, kind, component, officer: role, at: sayTime(at) };
      return [good("verify.opened", values), good("verify.opened-text", { text: sayBody(statement) })];
    }),
    ...(closed > 0 ? [notice("verify.opened-not", { count: closed })] : []),
    ...(stillSealed > 0 ? [notice("verify.still-sealed", { count: stillSealed })] : []),
  ];
}

/** A statement's own text where it has one; else all that it says, as it was signed. */
function sayBody({ body }: StatementBody): string {
  return cut(typeof body.text === "string" ? body.text : JSON.stringify(body));
}

function sayText(language: string, text: string): Told {
  return language === "" ? good("verify.opened-text", { text }) : good("verify.act-text", { language, text });
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT).toWellFormed()} …` : text;
}

function tellParts(archive: ArchiveVerification): Told[] {
  const { files, attachments, disclosed, receipts, recordings, stamps, trustsOwnCertificates, page } = archive;
  const counted = (code: string, count: number): Told[] => (count > 0 ? [good(code, { count })] : []);
  return [
    ...counted("verify.files", files),
    ...counted("verify.attachments", attachments),
    ...counted("verify.disclosed", disclosed),
    ...counted("verify.receipts", receipts),
    ...counted("verify.recordings", recordings),
    ...(page === "stated" ? [good("verify.page-stated")] : []),
    ...(page === "other" ? [notice("verify.page-other")] : []),
    ...stamps.map(({ size, authority, time, signed }) =>
      (signed ? good : notice)(signed ? "verify.stamp" : "verify.stamp-unsigned", {
        ...{ size, authority, at: sayTime(formatStatementTime(time)) },
      }),
    ),
    ...(trustsOwnCertificates && stamps.some(({ signed }) => signed) ? [notice("verify.stamp-certificates")] : []),
  ];
}

function saySpan({ from, until }: Span): { readonly from: string; readonly until: string } {
  return { from: sayTime(formatStatementTime(from)), until: sayTime(formatStatementTime(until)) };
}

/** `2021-03-01 06:00:00 UTC`: to the second, the same in every language. */
function sayTime(at: string): string {
  return parseStatementTime(at).ok ? `${at.slice(0, 10)} ${at.slice(11, 19)} UTC` : at;
}

function good(code: string, values: Told["values"] = {}): Told {
  return { tone: "good", code, values };
}

function notice(code: string, values: Told["values"] = {}): Told {
  return { tone: "notice", code, values };
}

function wrong(code: string, values: Told["values"] = {}, fault?: Fault): Told {
  return { tone: "wrong", code, values, ...(fault ? { fault } : {}) };
}
